"use strict";
// Where reviewers are assigned: usual due dates at one press, and a search among hundreds of people.
document.addEventListener("DOMContentLoaded", () => {
  for (const quick of document.querySelectorAll(".assign-quick")) quick.hidden = false;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-fills]");
    if (!button) return;
    const field = document.getElementById(button.dataset.fills);
    field.value = button.value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });

  for (const search of document.querySelectorAll("input[data-filters]")) {
    const role = search.closest("fieldset");
    const people = [...role.querySelectorAll(".assign-person, .assign-other")];
    const folded = [...role.querySelectorAll("details")];
    const before = folded.map((details) => details.open);
    const said = search.closest("p").querySelector("[role=status]");
    const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    search.closest("p").hidden = false;
    search.addEventListener("input", () => {
      const words = plain(search.value).split(/\s+/).filter(Boolean);
      let found = 0;
      for (const person of people) {
        const text = plain(person.textContent);
        const chosen = person.querySelector("input:checked");
        person.hidden = !chosen && !words.every((word) => text.includes(word));
        if (!person.hidden) found += 1;
      }
      folded.forEach((details, index) => { details.open = words.length ? true : before[index]; });
      said.textContent = words.length ? `${found} / ${people.length}` : "";
    });
    // Return searches; it doesn't assign.
    search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  }
});
