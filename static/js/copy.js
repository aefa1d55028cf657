// Copies a sentence or a table, as plain text and as HTML without the page's own marks, so that it pastes cleanly.
function words(element) {
  return element.textContent.replace(/\s+/g, " ").trim();
}

function escaped(text) {
  const box = document.createElement("p");
  box.textContent = text;
  return box.innerHTML;
}

function table(element) {
  const rows = [...element.rows].map((row) => [...row.cells]);
  const html = rows.map((cells) => `<tr>${cells.map((cell) => `<${cell.localName}>${escaped(words(cell))}</${cell.localName}>`).join("")}</tr>`);
  // a spreadsheet reads an amount without its sign as a number
  const text = rows.map((cells) => cells.map((cell) => words(cell).replace(/^(-?)€\s?/, "$1")).join("\t"));
  return { html: `<table border="1">${html.join("")}</table>`, text: text.join("\n") };
}

function content(element) {
  if (element.localName === "table") return table(element);
  return { html: `<p>${escaped(words(element))}</p>`, text: words(element) };
}

async function copy(button) {
  const { html, text } = content(document.getElementById(button.dataset.copy));
  const kinds = { "text/html": new Blob([html], { type: "text/html" }), "text/plain": new Blob([text], { type: "text/plain" }) };
  await navigator.clipboard.write([new ClipboardItem(kinds)]);
  const status = document.querySelector("[data-copied]");
  status.textContent = status.dataset.copied;
}

if (navigator.clipboard && window.ClipboardItem) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}
