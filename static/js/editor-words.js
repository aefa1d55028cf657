"use strict";
/* The editor's module asks window.gettext for some of its words and leaves others in English. Both stand here: the first
   so that the catalogue has them, the second also to be put in their place as the editor shows them. */
{
  const gettext = window.gettext || ((text) => text);
  void [
    gettext("Cancel"), gettext("Columns"), gettext("Decimal numbers"), gettext("Edit Link"), gettext("Include header row"),
    gettext("Insert"), gettext("Insert Table"), gettext("List properties"), gettext("List type"), gettext("Lowercase letters"),
    gettext("Lowercase Roman numerals"), gettext("Open in new window"), gettext("Rows"), gettext("Start at"),
    gettext("Table Properties"), gettext("Title"), gettext("Update"), gettext("Uppercase letters"),
    gettext("Uppercase Roman numerals"), gettext("URL"), gettext("Bullets"),
    gettext("Add caption"), gettext("Alternative Text"), gettext("Browse..."), gettext("Caption"), gettext("Edit Figure"),
    gettext("Edit HTML"), gettext("Edit Image"), gettext("Image URL"), gettext("Insert Figure"), gettext("Prettify"),
    gettext("Remove caption"), gettext("Toggle fullscreen"),
    gettext("The HTML contents of the editor. Note that the allowed HTML is restricted by the editor schema."),
  ];
  const words = {
    bold: gettext("Bold"), italic: gettext("Italic"), underline: gettext("Underline"), strike: gettext("Strike through"),
    subscript: gettext("Subscript"), superscript: gettext("Superscript"), "unordered list": gettext("Bullet list"),
    "ordered list": gettext("Numbered list"), blockquote: gettext("Quotation"), "horizontal rule": gettext("Horizontal rule"),
    figure: gettext("Figure"), Code: gettext("Code"), "Code block": gettext("Code block"), "edit HTML": gettext("Edit HTML"),
    "insert link": gettext("Link"), "remove link": gettext("Remove link"), undo: gettext("Undo"), redo: gettext("Redo"),
    paragraph: gettext("Paragraph"), Paragraph: gettext("Paragraph"),
    "heading 2": gettext("Heading"), "Heading 2": gettext("Heading"), "heading 3": gettext("Sub-heading"), "Heading 3": gettext("Sub-heading"),
    "Insert table": gettext("Insert table"), "Add column": gettext("Add a column"), "Delete column": gettext("Remove this column"),
    "Add row": gettext("Add a row"), "Delete row": gettext("Remove this row"), "Merge cells": gettext("Merge cells"),
    "Split cell": gettext("Split this cell"), "Toggle header cell": gettext("Heading cell on or off"), "Delete table": gettext("Remove this table"),
    notes: gettext("Paragraph"), Yes: gettext("Yes"), No: gettext("No"), "Reset all classes": gettext("No classes"),
  };
  const word = (text) => words[text?.trim()];

  const name = (root) => {
    root.querySelectorAll("button[title], button[aria-label]").forEach((button) => {
      const ours = word(button.title) || word(button.getAttribute("aria-label"));
      if (!ours || (button.title === ours && button.getAttribute("aria-label") === ours)) return;
      button.title = ours;
      button.setAttribute("aria-label", ours);
    });
    root.querySelectorAll(".prose-menubar__option > *").forEach((option) => { if (word(option.textContent)) option.textContent = word(option.textContent); });
    root.querySelectorAll("dialog option").forEach((option) => {
      const ours = word(option.textContent);
      if (!ours || ours === option.textContent) return;
      option.value = option.textContent;  // what the editor reads stays
      option.textContent = ours;
    });
  };

  document.addEventListener("prose-editor:ready", (event) => {
    const shell = event.target.closest(".prose-editor") || event.target.parentElement;
    const follow = (node) => {
      if (node.matches?.(".prose-menubar")) {
        name(node);
        new MutationObserver(() => name(node)).observe(node, { childList: true, subtree: true });  // the chosen block's button changes
      } else if (node.querySelector?.("dialog")) name(node);
    };
    [...shell.children].forEach(follow);
    new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(follow))).observe(shell, { childList: true });
  });
}
