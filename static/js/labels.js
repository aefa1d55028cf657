"use strict";
/* Names what the entry screens' scripts make without a name: search boxes of autocompletes, boxes of added rows. */
{
  const name = (select) => {
    const container = select.nextElementSibling;
    if (!container?.classList.contains("select2-container")) return;
    const label = select.getAttribute("aria-label") || document.querySelector(`label[for="${CSS.escape(select.id)}"]`)?.firstChild?.textContent?.trim();
    if (!label) return;
    const selection = container.querySelector('[role="combobox"]');
    selection?.setAttribute("aria-label", label);
    container.querySelector(".select2-search__field")?.setAttribute("aria-label", label);
    container.querySelector(".select2-selection__rendered")?.setAttribute("aria-label", label);
  };
  const all = (root) => root.querySelectorAll("select.admin-autocomplete").forEach((select) => {
    name(select);
    const container = select.nextElementSibling;
    if (container && !container.named) {
      container.named = true;
      new MutationObserver(() => name(select)).observe(container, { childList: true, subtree: true });
    }
  });
  /* What was found by searching is no choice of the page itself: kept with the page's place in the browser's history, it is
     there again after "Back", as what was typed is. */
  const keep = (select) => {
    if (!select.id) return;
    const options = [...select.selectedOptions].map((option) => [option.value, option.text]);
    history.replaceState({ ...history.state, chosen: { ...history.state?.chosen, [select.id]: options } }, "");
  };
  document.addEventListener("change", ({ target }) => {  // browsers do not restore what has no autocompletion
    if (!target.id || !target.matches?.('input[autocomplete="off"]:not([type=password])')) return;
    history.replaceState({ ...history.state, typed: { ...history.state?.typed, [target.id]: target.value } }, "");
  });
  const retype = () => Object.entries(history.state?.typed || {}).forEach(([id, value]) => {
    const input = document.getElementById(id);
    if (!input?.matches("input") || input.value !== input.defaultValue || input.value === value) return;
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const restore = () => Object.entries(history.state?.chosen || {}).forEach(([id, options]) => {
    const select = document.getElementById(id);
    if (!select?.matches("select.admin-autocomplete")) return;
    options.forEach(([value, text]) => {
      const known = [...select.options].find((option) => option.value === value);
      if (known) known.selected = true;
      else select.append(new Option(text, value, true, true));
    });
    window.django.jQuery(select).trigger("change.select2");
  });
  const start = () => { all(document); if (!document.getElementById("errors")) { restore(); retype(); } };
  if (window.django?.jQuery) {
    window.django.jQuery(start);
    window.django.jQuery(document).on("select2:select select2:unselect select2:clear", (event) => keep(event.target));
    window.django.jQuery(document).on("select2:open", (event) => {
      const label = event.target.getAttribute("aria-label") || document.querySelector(`label[for="${CSS.escape(event.target.id)}"]`)?.textContent?.trim();
      document.querySelectorAll(".select2-container--open .select2-search__field").forEach((box) => { if (label) box.setAttribute("aria-label", label); });
      document.querySelectorAll(".select2-container--open .select2-results__options").forEach((list) => { if (label) list.setAttribute("aria-label", label); });
      document.querySelector(".select2-container--open .select2-search__field")?.focus();
    });
  }
  document.addEventListener("formset:added", (event) => {
    setTimeout(() => all(event.target), 0);
    event.target.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  });
  document.getElementById("errors")?.focus();
}
