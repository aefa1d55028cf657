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

/* -- bound figures --------------------------------------------------------------------------------------------- */

const AMOUNT = /(?:(?:EUR|€|US\$|USD|\$)\s*)?\d[\d.,]*(?:\s*(?:mln|miljoen|mld|miljard)\b\.?)?(?:\s*%)?$/i;
const UNITS = { mln: 1e6, miljoen: 1e6, mld: 1e9, miljard: 1e9 };

/* What a typed amount may mean, only to look for records; what is put in the text is worded by the server. */
function valueOf(written) {
  const match = /(\d[\d.,]*\d|\d)\s*([a-z]*)/i.exec(written);
  if (!match) return null;
  const digits = /^\d{1,3}(\.\d{3})+(,\d+)?$|^\d+(,\d+)?$/.test(match[1]) ? match[1].replaceAll(".", "").replace(",", ".") : null;
  const value = digits === null ? NaN : Number(digits) * (UNITS[match[2].toLowerCase()] || 1);
  return Number.isNaN(value) ? null : value;
}

const choices = new Map();
/* Fetch a claim's figures once per page. */
function figuresOf(box) {
  const address = box?.dataset.figures;
  if (!address) return Promise.resolve([]);
  if (!choices.has(address)) {
    choices.set(address, fetch(address, { headers: { Accept: "application/json" } }).then((answer) => (answer.ok ? answer.json() : { figures: [] })).then((answer) => answer.figures).catch(() => { choices.delete(address); return []; }));
  }
  return choices.get(address);
}

function make(tag, attributes = {}, ...children) {
  const element = Object.assign(document.createElement(tag), attributes);
  element.append(...children);
  return element;
}

/* The dialog in which one chooses a record and its wording. Resolves to {figure, form, words}, or null. */
async function askFigure(box, typed, current) {
  const figures = await figuresOf(box);
  const wanted = typed ? valueOf(typed) : null;
  const near = wanted === null ? [] : figures.filter((figure) => Math.abs(Number(figure.number) - wanted) < 0.005);
  const dialog = make("dialog", { className: "figure-dialog" });
  dialog.setAttribute("aria-labelledby", "figure-dialog-title");
  const search = make("input", { type: "search", id: "figure-search", className: "utrecht-textbox", autocomplete: "off" });
  const list = make("div", { className: "figure-dialog__list", tabIndex: -1 });
  const wording = make("select", { id: "figure-form", className: "utrecht-select" });
  const take = make("button", { type: "submit", className: "utrecht-button utrecht-button--primary-action", textContent: gettext("Link figure") });
  const cancel = make("button", { type: "button", className: "utrecht-button utrecht-button--secondary-action", textContent: gettext("Cancel") });
  let chosen = figures.find((figure) => figure.id === current?.["data-id"] && figure.field === current?.["data-field"]) || (near.length === 1 ? near[0] : null);

  const words = () => {
    wording.replaceChildren(...(chosen?.forms || []).map(([form, said]) => make("option", { value: form, textContent: said })));
    const liked = current?.["data-form"] || chosen?.forms.find(([, said]) => typed && said.replaceAll("\u00a0", " ") === typed.trim())?.[0];
    if (liked) wording.value = liked;
    take.disabled = !chosen;
  };
  const show = () => {
    const asked = search.value.trim().toLowerCase();
    const fitting = (near.length && !asked ? near : figures).filter((figure) => `${figure.label} ${figure.forms.map((pair) => pair[1]).join(" ")}`.toLowerCase().replaceAll("\u00a0", " ").includes(asked));
    list.replaceChildren(...fitting.slice(0, 100).map((figure, index) => {
      const radio = make("input", { type: "radio", name: "figure", id: `figure-${index}`, checked: figure === chosen });
      radio.addEventListener("change", () => { chosen = figure; words(); });
      return make("div", { className: "choice" }, radio, make("label", { htmlFor: radio.id }, make("strong", { textContent: figure.forms[0][1] }), ` ${figure.label}`));
    }));
    if (!fitting.length) list.replaceChildren(make("p", { className: "muted", textContent: gettext("No record holds this. Enter it first, for example as a context figure.") }));
  };
  search.addEventListener("input", show);
  const form = make("form", { method: "dialog" },
    make("h2", { id: "figure-dialog-title", className: "utrecht-heading-3", textContent: typed ? `${gettext("Link figure")}: ${typed}` : gettext("Link figure") }),
    make("label", { htmlFor: "figure-search", className: "utrecht-form-label", textContent: gettext("Search a record") }), search, list,
    make("label", { htmlFor: "figure-form", className: "utrecht-form-label", textContent: gettext("Wording") }), wording,
    make("p", { className: "button-row" }, take, cancel));
  dialog.append(form);
  document.body.append(dialog);
  show();
  words();
  return new Promise((resolve) => {
    let answer = null;
    form.addEventListener("submit", () => {
      const said = chosen?.forms.find(([name]) => name === wording.value);
      if (said) answer = { figure: chosen, form: said[0], words: said[1] };
    });
    cancel.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => { dialog.remove(); resolve(answer); });
    dialog.showModal();
    search.focus();
  });
}

/* A bound figure is kept whole: one can move or remove it, not edit its number. It is chosen from the claim's records; the line
   below the text leads to its record, and offers to link an amount just typed. */
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
  addStorage() {
    return { line: null, typed: null };
  },
  addCommands() {
    return {
      linkFigure: () => ({ editor }) => {
        const box = editor.view.dom.closest("[data-figures]");
        if (!box) return false;
        const { from, to, node } = editor.state.selection;
        const current = node?.type.name === "boundFigure" ? node.attrs : null;
        const typed = current ? null : typedBefore(editor) || (to > from ? { from, to, text: editor.state.doc.textBetween(from, to) } : null);
        askFigure(box, typed?.text || "", current).then((answer) => {
          if (!answer) { editor.commands.focus(); return; }
          const attrs = { "data-id": answer.figure.id, "data-field": answer.figure.field, "data-form": answer.form, fallback: answer.words };
          const range = typed ? { from: typed.from, to: typed.to } : { from, to };
          editor.chain().focus().insertContentAt(range, { type: "boundFigure", attrs }).run();
        });
        return true;
      },
    };
  },
  addKeyboardShortcuts() {
    return { "Mod-Alt-k": ({ editor }) => editor.commands.linkFigure() };
  },
  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "boundFigure",
      groups: "nodes",
      button: buttons.text("€↔", gettext("Link figure")),
      command: (editor) => editor.commands.linkFigure(),
      active: (editor) => editor.isActive("boundFigure"),
    });
  },
  onCreate() {
    const box = this.editor.view.dom.closest("[data-figures]");
    if (!box) return;
    this.storage.line = make("p", { className: "editor__figure", hidden: true });
    this.storage.line.setAttribute("role", "status");
    box.querySelector("[data-state]").before(this.storage.line);
  },
  onSelectionUpdate() {
    tell(this.editor, this.storage.line);
  },
  onUpdate() {
    tell(this.editor, this.storage.line);
  },
});

/* The amount that ends at the cursor, with its place in the document. */
function typedBefore(editor) {
  const { $from, empty } = editor.state.selection;
  if (!empty || !$from.parent.isTextblock) return null;
  const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 40), $from.parentOffset, null, "\ufffc");
  const trimmed = before.replace(/[\s.,;:)]+$/, "");
  const match = AMOUNT.exec(trimmed);
  if (!match || !/[€$%]|EUR|USD|mln|miljoen|mld|miljard|\d[.,]\d{3}/i.test(match[0])) return null;
  const end = $from.pos - (before.length - trimmed.length);
  return { from: end - match[0].length, to: end, text: match[0] };
}

/* Say below the text what the figure at the cursor is, or that the amount just typed can be linked. */
async function tell(editor, line) {
  if (!line) return;
  const box = editor.view.dom.closest("[data-figures]");
  const node = editor.state.selection.node;
  const act = (label) => {
    const button = make("button", { type: "button", className: "utrecht-button utrecht-button--subtle", textContent: label });
    button.addEventListener("click", () => editor.commands.linkFigure());
    return button;
  };
  if (node?.type.name === "boundFigure") {
    const link = make("a", { href: `${box.dataset.records}${node.attrs["data-field"]}/${node.attrs["data-id"]}/`, textContent: gettext("To the record") });
    line.replaceChildren(`${gettext("Linked figure")}: ${node.attrs.fallback} `, link, " ", act(gettext("Other wording or record")));
    line.hidden = false;
    return;
  }
  const typed = typedBefore(editor);
  const value = typed && valueOf(typed.text);
  const known = value ? (await figuresOf(box)).some((figure) => Math.abs(Number(figure.number) - value) < 0.005) : false;
  if (typedBefore(editor)?.text !== typed?.text) return;
  line.hidden = !known;
  if (known) line.replaceChildren(`${typed.text}: `, act(`${gettext("Link figure")} (Ctrl+Alt+K)`));
}

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
