"use strict";
// A translation beside its source: one press leads to the next section to look at twice.
document.addEventListener("DOMContentLoaded", () => {
  const button = document.getElementById("next-mark");
  const marked = [...document.querySelectorAll(".side-row.is-marked")];
  if (!button || marked.length === 0) return;
  let last = -1;
  button.hidden = false;
  button.parentElement.hidden = false;
  button.addEventListener("click", () => {
    last = (last + 1) % marked.length;
    marked[last].scrollIntoView({ block: "start" });
    marked[last].focus({ preventScroll: true });
  });
});
