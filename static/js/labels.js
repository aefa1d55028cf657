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
  const start = () => { all(document); };
  if (window.django?.jQuery) {
    window.django.jQuery(start);
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
