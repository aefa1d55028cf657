"use strict";
/* Below each box for an amount, number, percentage or date: what the register understands of it. The server reads, so
   that there is one reading for the form and for this hint. data-value then holds the number, for sums on the page. */
{
  const address = document.currentScript.dataset.url;
  const timers = new WeakMap();

  const line = (input) => {
    if (!input.understoodLine) {
      const out = document.createElement("p");
      out.className = "understood";
      out.setAttribute("role", "status");
      input.after(out);
      input.understoodLine = out;
    }
    return input.understoodLine;
  };

  const say = (input, answer) => {
    const out = line(input);
    out.classList.toggle("understood--wrong", Boolean(answer.error));
    out.textContent = answer.error || (answer.text ? `= ${answer.text}` : "");
    if (answer.value === undefined) delete input.dataset.value;
    else input.dataset.value = answer.value;
    input.dispatchEvent(new CustomEvent("understood", { bubbles: true }));
  };

  const ask = async (input) => {
    const typed = input.value;
    if (!typed.trim()) return say(input, {});
    const url = `${address.replace("KIND", input.dataset.understand)}?q=${encodeURIComponent(typed.slice(0, 200))}`;
    try {
      const response = await fetch(url, { headers: { Accept: "application/json" } });
      if (response.ok && input.value === typed) say(input, await response.json());
    } catch { /* without an answer there is no hint; the form itself still says what is wrong */ }
  };

  document.addEventListener("input", (event) => {
    const input = event.target.closest?.("[data-understand]");
    if (!input) return;
    clearTimeout(timers.get(input));
    timers.set(input, setTimeout(() => ask(input), 250));
  });
}
