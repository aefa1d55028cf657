"use strict";
/* "15,0 of 25,0 mln divided, 10,0 to go": the sum beside the rows, kept up while one types. Cents, never floats. */
{
  const cents = (input) => {
    const value = input?.dataset.value;
    if (value === undefined || value === "") return null;
    const [whole, fraction = ""] = value.split(".");
    return BigInt(whole + fraction.padEnd(2, "0").slice(0, 2));
  };
  const millions = (amount) => {
    const tenths = (amount < 0n ? -amount : amount) / 10000000n;
    return `${tenths / 10n}${document.documentElement.lang === "nl" ? "," : "."}${tenths % 10n}`;
  };
  const update = (output) => {
    const whole = cents(document.querySelector(output.dataset.whole));
    const parts = [...document.querySelectorAll(output.dataset.parts)].map(cents).filter((part) => part !== null);
    output.className = "division";
    if (whole === null || !parts.length) { output.textContent = ""; return; }
    const divided = parts.reduce((sum, part) => sum + part, 0n);
    const rest = whole - divided;
    output.classList.toggle("division--fits", rest === 0n);
    output.classList.toggle("division--over", rest < 0n);
    const text = rest === 0n ? output.dataset.fits : rest > 0n ? output.dataset.rest : output.dataset.over;
    output.textContent = text.replace("{divided}", millions(divided)).replace("{whole}", millions(whole)).replace("{rest}", millions(rest));
  };
  const all = () => document.querySelectorAll("[data-division]").forEach(update);
  document.addEventListener("understood", all);
  document.addEventListener("formset:removed", all);
  all();
}
