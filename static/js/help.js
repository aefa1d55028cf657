/* A "?" beside a word opens what it means on the spot. Without this script, or in an old browser, it leads to the page of words. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.term");
  if (!link || !HTMLElement.prototype.showPopover || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const note = document.createElement("div");
  note.popover = "auto";
  note.className = "term-note";
  note.tabIndex = -1;
  note.setAttribute("role", "note");
  const name = document.createElement("strong");
  name.textContent = link.dataset.name;
  const meaning = document.createElement("p");
  meaning.textContent = link.dataset.meaning;
  const more = document.createElement("a");
  more.href = link.href;
  more.textContent = link.dataset.more;
  note.append(name, meaning, more);
  (link.closest("main") || document.body).append(note);
  note.addEventListener("toggle", (change) => {
    if (change.newState === "closed") {
      const inside = note.contains(document.activeElement);
      note.remove();
      if (inside) link.focus();
    }
  });
  note.showPopover();
  const place = link.getBoundingClientRect();
  note.style.left = `${Math.max(8, Math.min(place.left, window.innerWidth - note.offsetWidth - 8))}px`;
  const below = place.bottom + 6;
  note.style.top = `${below + note.offsetHeight > window.innerHeight ? Math.max(8, place.top - note.offsetHeight - 6) : below}px`;
  note.focus();
});
