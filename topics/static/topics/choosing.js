"use strict";

// Above rows to choose from: all at once, and how many are chosen. Without it they are ticked one by one.
for (const form of document.querySelectorAll("form[data-choosing]")) {
  const rows = [...form.querySelectorAll("input[type=checkbox][name=id]:not(:disabled)")];
  const all = form.querySelector("[data-choose-all]");
  const told = form.querySelector("[data-chosen]");

  function tell() {
    const chosen = rows.filter((row) => row.checked).length;
    all.checked = rows.length > 0 && chosen === rows.length;
    all.indeterminate = chosen > 0 && chosen < rows.length;
    told.textContent = told.dataset.chosen.replace("%s", chosen).replace("%s", rows.length);
  }

  all.addEventListener("change", () => {
    for (const row of rows) row.checked = all.checked;
    tell();
  });
  for (const row of rows) row.addEventListener("change", tell);
  all.closest("[hidden]").hidden = rows.length < 2;
  all.disabled = !rows.length;
  window.addEventListener("pageshow", tell);
  tell();
}
