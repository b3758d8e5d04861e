"use strict";
// The field for what to read instead: public articles are found by words of their titles while one types.
(function () {
  const field = document.querySelector("input[data-search]");
  const list = field && document.getElementById(field.getAttribute("list"));
  if (!list) return;
  let waiting, asked = "";
  async function search() {
    const words = field.value.trim();
    if (words.length < 2 || words === asked) return;
    if ([...list.options].some((option) => option.value === words)) return;  // One was chosen.
    asked = words;
    const reply = await fetch(`${field.dataset.search}&q=${encodeURIComponent(words)}`);
    if (!reply.ok || field.value.trim() !== words) return;
    const found = (await reply.json()).articles;
    list.replaceChildren(...found.map(({ value, title }) => {
      const option = document.createElement("option");
      option.value = value;
      option.label = title;
      option.textContent = title;
      return option;
    }));
  }
  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 200); });
})();
