/* Our extensions of the rich text editor: footnotes, bound figures, clean paste from Word and LibreOffice, and names
   for screen readers. No build: the editor's own module is imported by its name in the page's import map. */
import { Node, Extension, Plugin, OrderedList as PlainOrderedList, mergeAttributes, updateAttrsDialog } from "django-prose-editor/editor";

const gettext = window.gettext || ((text) => text);

/* A footnote is an inline atom. Its text is the element's text, so the stored HTML serves paper and screen alike. */
export const Footnote = Node.create({
  name: "footnote",
  group: "inline",
  inline: true,
  atom: true,
  selectable: true,
  addAttributes() {
    return { text: { default: "", parseHTML: (element) => element.textContent, renderHTML: () => ({}) } };
  },
  parseHTML() {
    return [{ tag: "span.voetnoot", priority: 60 }];
  },
  renderHTML({ node, HTMLAttributes }) {
    return ["span", mergeAttributes(HTMLAttributes, { class: "voetnoot" }), node.attrs.text];
  },
  renderText({ node }) {
    return ` [${node.attrs.text}]`;
  },
  addCommands() {
    return {
      editFootnote: () => ({ editor }) => {
        const fields = { text: { type: "string", title: gettext("Footnote"), format: "textarea", required: true } };
        const ask = updateAttrsDialog(fields, { title: gettext("Footnote"), submitText: gettext("Put in the text") });
        ask(editor, editor.getAttributes("footnote")).then((attributes) => {
          const text = attributes?.text?.trim();
          if (text) editor.chain().focus().insertContent({ type: "footnote", attrs: { text } }).run();
        });
        return true;
      },
    };
  },
  addKeyboardShortcuts() {
    return { "Mod-Alt-f": ({ editor }) => editor.commands.editFootnote() };
  },
  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "footnote",
      groups: "nodes",
      button: buttons.text("¹", gettext("Footnote")),
      command: (editor) => editor.commands.editFootnote(),
      active: (editor) => editor.isActive("footnote"),
    });
  },
});

/* A bound figure is kept whole: one can move or remove it, not edit its number. */
export const BoundFigure = Node.create({
  name: "boundFigure",
  group: "inline",
  inline: true,
  atom: true,
  selectable: true,
  addAttributes() {
    const kept = (name) => ({ default: "", parseHTML: (element) => element.getAttribute(name), renderHTML: (attributes) => ({ [name]: attributes[name] }) });
    return {
      "data-id": kept("data-id"),
      "data-field": kept("data-field"),
      "data-form": kept("data-form"),
      fallback: { default: "", parseHTML: (element) => element.textContent, renderHTML: () => ({}) },
    };
  },
  parseHTML() {
    return [{ tag: "span[data-figure]", priority: 70 }];
  },
  renderHTML({ node, HTMLAttributes }) {
    return ["span", mergeAttributes({ "data-figure": "" }, HTMLAttributes), node.attrs.fallback];
  },
  renderText({ node }) {
    return node.attrs.fallback;
  },
});

/* Word and LibreOffice put lists, notes and headings on the clipboard in ways of their own; this makes them plain HTML. */
export function cleanOffice(html) {
  const source = html
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/(<[^>]*?)\sstyle=/gi, "$1 data-style=")
    .replace(/<!\[(?:if|endif)[^\]]*\]>|<!--\[if[\s\S]*?<!\[endif\]-->/gi, "");
  const page = new DOMParser().parseFromString(source, "text/html");
  const all = (selector) => [...page.querySelectorAll(selector)];
  const styleOf = (element) => element.getAttribute("data-style") || "";

  const notes = {};
  all('div[id^="ftn"], div[id^="edn"], div[id^="sdfootnote"], div[id^="sdendnote"]').forEach((note) => {
    note.querySelectorAll('a[href*="_ftnref"], a[href*="_ednref"], a.sdfootnotesym, a.sdendnotesym').forEach((link) => link.remove());
    notes[note.id] = note.textContent.replace(/\s+/g, " ").trim();
    note.remove();
  });
  all("hr").forEach((rule) => { if (rule.parentElement && /mso-element:\s*footnote-list/.test(styleOf(rule.parentElement))) rule.remove(); });
  all('a[href*="#_ftn"], a[href*="#_edn"], a[href*="#sdfootnote"], a[href*="#sdendnote"]').forEach((call) => {
    const match = /#_?((?:ftn|edn|sdfootnote|sdendnote)\d+)(?:sym)?$/.exec(call.getAttribute("href") || "");
    if (!match || !notes[match[1]]) return;
    const note = page.createElement("span");
    note.className = "voetnoot";
    note.textContent = notes[match[1]];
    (call.closest("sup") || call).replaceWith(note);
  });

  wordLists(page, all, styleOf);
  all("ul > ul, ul > ol, ol > ul, ol > ol").forEach((list) => {
    const before = list.previousElementSibling;
    if (before?.tagName === "LI") before.append(list);
  });
  all("o\\:p").forEach((element) => element.replaceWith(...element.childNodes));
  all("p").forEach((paragraph) => {
    if (!paragraph.textContent.replace(/[\s\u00a0]/g, "") && !paragraph.querySelector("br, span.voetnoot")) paragraph.remove();
  });
  all("h1").forEach((heading) => {
    const lower = page.createElement("h2");
    lower.append(...heading.childNodes);
    heading.replaceWith(lower);
  });
  all("[data-style]").forEach((element) => element.removeAttribute("data-style"));
  return page.body.innerHTML;
}

/* Word writes a list as paragraphs that name a list and a level. */
function wordLists(page, all, styleOf) {
  let stack = [];
  all("p, h1, h2, h3, h4, h5, h6").forEach((paragraph) => {
    const match = /mso-list:\s*l\d+\s+level(\d+)/i.exec(styleOf(paragraph));
    if (!match || /^H/.test(paragraph.tagName)) { stack = []; return; }
    const level = Number(match[1]);
    const ignored = paragraph.querySelector('span[data-style*="mso-list:Ignore" i], span[data-style*="mso-list: Ignore" i]');
    const marker = (ignored ? ignored.textContent : (paragraph.textContent.match(/^\s*(\S+)\s/) || [])[1] || "").replace(/[\s\u00a0]+/g, "");
    if (ignored) {
      let node = ignored;
      while (node.parentElement !== paragraph && node.parentElement.textContent === node.textContent) node = node.parentElement;
      node.remove();
    }
    const tag = /^\(?(?:\d+|[a-z]|[ivxl]+)[.)]$/i.test(marker) && marker !== "o" ? "ol" : "ul";
    if (!stack.length) {
      const list = newList(page, tag, marker);
      paragraph.before(list);
      stack = [list];
    }
    while (stack.length > level) stack.pop();
    while (stack.length < level) {
      const list = newList(page, tag, marker);
      const host = stack[stack.length - 1];
      let item = host.lastElementChild;
      if (!item) { item = page.createElement("li"); host.append(item); }
      item.append(list);
      stack.push(list);
    }
    const item = page.createElement("li");
    const inner = page.createElement("p");
    inner.append(...paragraph.childNodes);
    item.append(inner);
    stack[stack.length - 1].append(item);
    paragraph.remove();
  });
}

function newList(page, tag, marker) {
  const list = page.createElement(tag);
  if (tag === "ol" && /^\(?[a-h][.)]$/.test(marker)) { list.setAttribute("type", "a"); list.setAttribute("data-type", "lower-alpha"); }
  return list;
}

/* Two levels of headings are kept: the highest becomes a heading, whatever lies below the second a sub-heading. */
const plainHeadings = (html) => html.replace(/<(\/?)h1\b/gi, "<$1h2").replace(/<(\/?)h[4-6]\b/gi, "<$1h3");

export const OfficePaste = Extension.create({
  name: "officePaste",
  addProseMirrorPlugins() {
    const office = /mso-|MsoNormal|sdfootnote|LibreOffice|urn:schemas-microsoft-com/i;
    return [new Plugin({ props: { transformPastedHTML: (html) => plainHeadings(office.test(html) ? cleanOffice(html) : html) } })];
  },
});

/* The toolbar and the text get roles, names and states, in the reader's language. */
const names = {
  bold: gettext("Bold"), italic: gettext("Italic"), subscript: gettext("Subscript"), superscript: gettext("Superscript"),
  bulletList: gettext("Bullet list"), orderedList: gettext("Numbered list"), link: gettext("Link"), unlink: gettext("Remove link"),
  undo: gettext("Undo"), redo: gettext("Redo"), paragraph: gettext("Paragraph"), "heading 2": gettext("Heading"), "heading 3": gettext("Sub-heading"),
};

/* A numbered list made with the button is numbered 1, 2, 3: without a type the editor writes type="null" on the page. */
export const OrderedList = PlainOrderedList.extend({
  addAttributes() {
    const attributes = this.parent();
    return { ...attributes, type: { ...attributes.type, default: "decimal" } };
  },
});

export const Accessible = Extension.create({
  name: "accessible",
  onCreate() {
    const text = this.editor.view.dom;
    const shell = text.closest(".prose-editor");
    const area = shell?.querySelector("textarea");
    const label = area && document.querySelector(`label[for="${CSS.escape(area.id)}"]`)?.textContent.trim();
    text.setAttribute("role", "textbox");
    text.setAttribute("aria-multiline", "true");
    if (label) text.setAttribute("aria-label", label);
    text.setAttribute("lang", "nl");
    const bar = shell?.querySelector(".prose-menubar");
    if (!bar) return;
    bar.setAttribute("role", "toolbar");
    bar.setAttribute("aria-label", label ? `${gettext("Formatting")}: ${label}` : gettext("Formatting"));
    bar.querySelectorAll("button").forEach((button) => {
      const own = button.title || button.getAttribute("aria-label") || "";
      const name = names[own] || gettext(own);
      if (name) { button.title = name; button.setAttribute("aria-label", name); }
    });
    this.storage.bar = bar;
    this.storage.sync?.();
  },
  addStorage() {
    return { bar: null };
  },
  onTransaction() {
    this.storage.bar?.querySelectorAll("button").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.classList.contains("active")));
      button.setAttribute("aria-disabled", String(button.classList.contains("disabled")));
    });
  },
});
