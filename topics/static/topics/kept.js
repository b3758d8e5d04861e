/* Keeps what is typed into the text fields of an act (a remark, a return, a withdrawal) in this browser
   until it was sent, and offers it back to the same account. A draft has more to keep: writing-kept.js. */
"use strict"
{
  const { user, zone, words, restore, discard, full } = document.currentScript.dataset
  const PREFIX = `signoff:draft:${user}:`
  const FIELDS = "#content form[method=post]:not(#version_form) textarea[name]:not([readonly])"
  const JUST_NOW = 60_000
  const PAUSE = 400

  const storage = (() => {
    try {
      return window.localStorage
    } catch {
      return null
    }
  })()

  const keyOf = (field) => {
    const { pathname } = new URL(field.form.getAttribute("action") || "", location.href)
    return `${PREFIX}${pathname}:${field.name}`
  }

  const read = (key) => {
    try {
      return JSON.parse(storage.getItem(key))
    } catch {
      return null
    }
  }

  const keep = (field) => {
    const key = keyOf(field)
    try {
      if (!field.value.trim() || field.value === field.defaultValue) storage.removeItem(key)
      else storage.setItem(key, JSON.stringify({ at: Date.now(), text: field.value }))
      unkept.get(field)?.remove()
      unkept.delete(field)
    } catch {
      tellUnkept(field)
    }
  }

  /* The browser's storage is full or closed: the text is in the form alone. */
  const unkept = new Map()
  const tellUnkept = (field) => {
    if (unkept.has(field)) return
    const note = document.createElement("p")
    Object.assign(note, { className: "notice-box not-kept", role: "alert", textContent: full })
    unkept.set(field, note)
    field.after(note)
  }

  /* What was sent a moment ago, before a page or an answer that says it is saved. */
  const dropSent = () => {
    for (const key of Object.keys(storage ?? {}).filter((key) => key.startsWith(PREFIX))) {
      const entry = read(key)
      if (entry?.submitted && Date.now() - entry.at < JUST_NOW) storage.removeItem(key)
    }
  }

  const button = (label, act) => {
    const made = document.createElement("button")
    Object.assign(made, { type: "button", className: "act-quiet", textContent: label })
    made.addEventListener("click", act)
    return made
  }

  const offer = (field, { at, text }) => {
    const note = document.createElement("div")
    note.className = "notice-box kept-text"
    const when = new Intl.DateTimeFormat(document.documentElement.lang, {
      ...{ year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" },
      ...{ timeZone: zone, timeZoneName: "short" },
    }).format(at)
    const sentence = document.createElement("p")
    sentence.textContent = words.replace("{when}", when)
    note.append(
      sentence,
      button(restore, () => {
        field.value = text
        note.remove()
        field.focus()
        field.dispatchEvent(new Event("input", { bubbles: true }))
      }),
      " ",
      button(discard, () => {
        storage.removeItem(keyOf(field))
        note.remove()
        field.focus()
      }),
    )
    const box = field.closest("details")
    if (box) box.open = true
    field.before(note)
  }

  if (document.querySelector(".messagelist .success")) dropSent()
  document.addEventListener("signoff:saved", dropSent)
  const waiting = new Map()
  document.addEventListener("input", ({ target }) => {
    if (!target.matches?.(FIELDS)) return
    clearTimeout(waiting.get(target))
    const later = () => waiting.delete(target) && keep(target)
    waiting.set(target, setTimeout(later, PAUSE))
  })
  document.addEventListener("submit", ({ target }) => {
    for (const field of target.querySelectorAll("textarea[name]")) {
      if (!field.matches(FIELDS) || !field.value.trim()) continue
      clearTimeout(waiting.get(field))
      waiting.delete(field)
      try {
        const sent = { at: Date.now(), text: field.value, submitted: true }
        storage.setItem(keyOf(field), JSON.stringify(sent))
      } catch {
        // The browser's storage is full: the text is on its way.
      }
    }
  })
  window.addEventListener("pagehide", () => {
    for (const field of waiting.keys()) keep(field)
  })
  for (const field of document.querySelectorAll(FIELDS)) {
    const entry = read(keyOf(field))
    if (entry && entry.text !== field.value) offer(field, entry)
  }
}
