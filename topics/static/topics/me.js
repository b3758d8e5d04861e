"use strict";

// Tells where the browser's clock is not the account's, and offers to choose it. Saving stays a step.
(function () {
  const hint = document.querySelector("[data-clock]");
  const choice = document.getElementById("id_time_zone");
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!hint || !choice || !here) return;

  // Places have more than one name: what counts is what clocks show there, in winter and in summer.
  function shown(zone) {
    const year = new Date().getUTCFullYear();
    return [0, 3, 6, 9].map((month) => new Date(Date.UTC(year, month, 15)).toLocaleString("en", { timeZone: zone })).join();
  }
  let same;
  try {
    same = shown(here) === shown(hint.dataset.clock);
  } catch {
    return; // The browser doesn't know the account's zone.
  }
  if (same) return;
  hint.querySelector("[data-clock-here]").textContent = here;
  hint.hidden = false;
  const use = hint.querySelector("[data-clock-use]");
  use.hidden = ![...choice.options].some((option) => option.value === here);
  use.addEventListener("click", () => {
    choice.value = here;
    choice.focus();
  });
})();
