/* Names for what widgets leave without one: the search-and-choose fields. */

"use strict";
{
  const nameOf = (select) => {
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const column = select.closest("td")?.cellIndex;
    const heading = select.closest("table")?.tHead?.rows[0]?.cells[column];
    return (label || heading)?.textContent.trim().replace(/:$/, "") || select.getAttribute("aria-label") || "";
  };

  const name = (select) => {
    const choice = select.nextElementSibling?.querySelector?.(".select2-selection[role='combobox']");
    if (!choice) {
      return;
    }
    const chosen = choice.querySelector(".select2-selection__rendered");
    choice.removeAttribute("aria-labelledby");
    chosen?.removeAttribute("role");
    chosen?.removeAttribute("aria-readonly");
    choice.setAttribute("aria-label", [nameOf(select), chosen?.textContent].filter(Boolean).join(": "));
  };

  const nameAll = (root) => root.querySelectorAll("select.admin-autocomplete").forEach(name);

  window.addEventListener("load", () => nameAll(document));
  document.addEventListener("formset:added", (event) => setTimeout(() => nameAll(event.target)));
  if (window.django?.jQuery) {
    window.django.jQuery(document).on("change", "select.admin-autocomplete", (event) => name(event.target));
    window.django.jQuery(document).on("select2:open", (event) => {
      document.querySelector(".select2-search__field")?.setAttribute("aria-label", nameOf(event.target));
      document.querySelector(".select2-results__options")?.setAttribute("aria-label", nameOf(event.target));
    });
  }
}
