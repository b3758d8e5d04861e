"use strict";
// Beside a date and a time in somebody's time zone: the same instant in UTC, while it is typed.
(function () {
  const day = document.querySelector("input[type=date][data-zone]");
  if (!day) return;
  const form = day.form;
  const time = form.querySelector("input[type=time][name$=time]");
  const zone = day.dataset.zone;
  const words = document.getElementById("instant-words");
  const said = words ? words.dataset : {};
  const note = document.createElement("p");
  note.className = "instant-utc";
  note.setAttribute("role", "status");
  time.parentElement.appendChild(note);

  const clock = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit",
    hour: "2-digit", minute: "2-digit", second: "2-digit",
  });

  function shown(instant) {
    const part = Object.fromEntries(clock.formatToParts(new Date(instant)).map((p) => [p.type, p.value]));
    return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
  }

  // The instants at which clocks in the zone show the typed time: none, one or two.
  function readings(typed) {
    const found = new Set();
    for (const hours of [-24, 0, 24]) {
      const near = typed + hours * 3600000;
      const instant = typed - (shown(near) - near);
      if (shown(instant) === typed) found.add(instant);
    }
    return [...found].sort((a, b) => a - b);
  }

  function utc(instant) {
    return new Date(instant).toISOString().slice(0, 16).replace("T", " ") + " UTC";
  }

  function tell() {
    const typed = Date.parse(`${day.value}T${time.value}Z`);
    note.classList.remove("is-warning");
    if (!day.value || !time.value || Number.isNaN(typed)) { note.textContent = ""; return; }
    const later = form.querySelector("input[name$=when][value=later]");
    if (later) later.checked = true;
    const found = readings(typed);
    if (zone === "UTC" && found.length === 1 && found[0] >= Date.now()) { note.textContent = ""; return; }
    if (!found.length) note.textContent = said.never;
    else if (found.length === 2) note.textContent = said.twice.replace("%s", found.map(utc).join(" · "));
    else if (found[0] < Date.now()) note.textContent = said.past.replace("%s", utc(found[0]));
    else note.textContent = said.once.replace("%s", utc(found[0]));
    note.classList.toggle("is-warning", found.length !== 1 || found[0] < Date.now());
  }

  day.addEventListener("input", tell);
  time.addEventListener("input", tell);
  if (day.value && time.value) tell();
})();
