"use strict";
/* The choice of a goal beside a line says the goals' labels as they are typed, and offers no letter that has no goal. */
{
  const goals = () => [...document.querySelectorAll("#goals-group .form-row:not(.empty-form)")]
    .filter((row) => !row.querySelector('input[name$="-DELETE"]:checked'))
    .map((row) => (row.querySelector(".field-label input")?.value || "").trim());
  const renew = () => {
    const labels = goals();
    document.querySelectorAll('select[name$="-goal_letter"]').forEach((select) => [...select.options].forEach((option) => {
      if (!option.value) return;
      const number = option.value.charCodeAt(0) - 97;
      option.textContent = labels[number] ? `${option.value}. ${labels[number]}` : `${option.value}.`;
      option.hidden = option.disabled = number >= labels.length && !option.selected;
    }));
  };
  document.addEventListener("input", (event) => { if (event.target.closest?.("#goals-group")) renew(); });
  document.addEventListener("change", (event) => { if (event.target.closest?.("#goals-group")) renew(); });
  document.addEventListener("formset:added", renew);
  document.addEventListener("formset:removed", renew);
  if (document.querySelector("#goals-group .field-label input")) renew();
}
