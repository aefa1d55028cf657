"use strict";
/* "€ 15.000.000 of € 25.000.000 divided, € 10.000.000 to go": the sum beside the rows, kept up while one types. In cents,
   never in floats. The server gives each box its number as data-value; understand.js renews it. */
{
  const dutch = document.documentElement.lang === "nl";
  const cents = (input) => {
    const value = input?.dataset.value;
    if (!value) return null;
    const [whole, fraction = ""] = value.split(".");
    return BigInt(whole + fraction.padEnd(2, "0").slice(0, 2));
  };
  const absolute = (amount) => (amount < 0n ? -amount : amount);
  const TENTH = 10000000n;  // cents in a tenth of a million
  const millions = (amount) => `${amount / (10n * TENTH)}${dutch ? "," : "."}${(amount / TENTH) % 10n}\u00a0mln`;
  const full = (amount) => {
    const whole = String(amount / 100n).replace(/\B(?=(\d{3})+$)/g, dutch ? "." : ",");
    const rest = amount % 100n;
    return `€${dutch ? "\u00a0" : ""}${whole}${rest ? `${dutch ? "," : "."}${String(rest).padStart(2, "0")}` : ""}`;
  };
  const removed = (input) => Boolean(input.closest(".form-row")?.querySelector('input[name$="-DELETE"]:checked'));
  const update = (output) => {
    const whole = cents(document.querySelector(output.dataset.whole));
    const parts = [...document.querySelectorAll(output.dataset.parts)].filter((input) => !removed(input)).map(cents).filter((part) => part !== null);
    output.className = "division";
    if (whole === null || !parts.length) { output.textContent = ""; return; }
    const divided = parts.reduce((sum, part) => sum + part, 0n);
    const rest = whole - divided;
    output.classList.toggle("division--fits", rest === 0n);
    output.classList.toggle("division--over", rest < 0n);
    const text = rest === 0n ? output.dataset.fits : rest > 0n ? output.dataset.rest : output.dataset.over;
    const amounts = { divided, whole, rest: absolute(rest) };
    const write = Object.values(amounts).every((amount) => amount % TENTH === 0n) ? millions : full;  // nothing is cut off
    output.textContent = text.replace(/\{(\w+)\}/g, (_, name) => write(amounts[name]));
  };
  const all = () => document.querySelectorAll("[data-division]").forEach(update);
  document.addEventListener("understood", all);
  document.addEventListener("formset:removed", all);
  document.addEventListener("change", (event) => { if (event.target.name?.endsWith("-DELETE")) all(); });
  all();
}
