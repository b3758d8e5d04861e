// Lists: addresses without empty fields, and reviewers' names completed while they are typed.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form.list-filters");
  if (!form) return;

  // On a phone the filters would push the list out of sight: there they open on request.
  if (matchMedia("(max-width: 40rem)").matches) form.querySelector(".list-fold")?.removeAttribute("open");

  // Fields that say nothing stay out of the address; the browser's way back brings them again.
  form.addEventListener("submit", () => {
    const empty = [...form.elements].filter((field) => field.name && !field.value && !field.disabled);
    for (const field of empty) field.disabled = true;
    setTimeout(() => empty.forEach((field) => { field.disabled = false; }), 0);
  });

  const reviewer = form.querySelector("input[data-suggestions]");
  if (!reviewer) return;
  const names = document.getElementById(reviewer.getAttribute("list"));
  let waiting = 0;
  reviewer.addEventListener("input", () => {
    clearTimeout(waiting);
    const term = reviewer.value.trim();
    if (term.length < 2) return;
    waiting = setTimeout(async () => {
      const address = `${reviewer.dataset.suggestions}&term=${encodeURIComponent(term)}`;
      const reply = await fetch(address, { headers: { Accept: "application/json" } });
      if (!reply.ok || reviewer.value.trim() !== term) return;
      const { results } = await reply.json();
      names.replaceChildren(...results.map(({ text }) => new Option(text, text.split(",")[0])));
    }, 200);
  });
});
