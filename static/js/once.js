"use strict";
/* A button that was pressed cannot be pressed again while its form is on its way. The server refuses a second one too. */
{
  const buttons = (form) => [...form.elements].filter((element) => element.matches?.("button:not([type=button]), input[type=submit]"));
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    setTimeout(() => buttons(form).forEach((button) => { button.disabled = true; button.dataset.pressed = ""; }), 0);  // after the browser read the form
    setTimeout(() => free(form), 15000);  // an answer that is a file leaves the page standing
  });
  const free = (form) => buttons(form).forEach((button) => {
    if (button.dataset.pressed === undefined) return;
    button.disabled = false;
    delete button.dataset.pressed;
  });
  window.addEventListener("pageshow", () => [...document.forms].forEach(free));  // also when one comes back to the page
}
