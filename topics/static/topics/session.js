/* A page may be older than the login. Before typed text is sent, it asks who is logged in now: the same
   person's form gets the token of now; else nothing is sent, and what was typed stays where it is. */
"use strict"
{
  const { session, user, out, other, login, label } = document.currentScript.dataset
  const typed = new WeakSet()
  const waiting = new WeakSet()
  const ready = new WeakSet()

  const present = async () => {
    try {
      const reply = await fetch(session, { signal: AbortSignal.timeout(5000) })
      return reply.ok ? await reply.json() : null
    } catch {
      return null  // No answer: the server decides on what is sent.
    }
  }

  const renew = (token) => {
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token
  }

  const say = (form, submitter, words) => {
    form.querySelector(".session-note")?.remove()
    const note = document.createElement("p")
    note.className = "notice-box is-warn session-note"
    note.setAttribute("role", "alert")
    const link = document.createElement("a")
    Object.assign(link, { href: login, target: "_blank", rel: "noopener", textContent: label })
    note.append(words, " ", link)
    const place = submitter?.closest(".submit-row, .act-bar") || form
    place.prepend(note)
  }

  document.addEventListener("input", ({ target }) => {
    const form = target.closest?.("form")
    if (form) typed.add(form)
  }, true)

  document.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event
    if (!typed.has(form) || !form.querySelector("[name=csrfmiddlewaretoken]")) return
    if (ready.delete(form)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (waiting.has(form)) return
    waiting.add(form)
    const now = await present()
    waiting.delete(form)
    if (now && now.user !== user) {
      return say(form, submitter, now.user ? other.replace("{name}", now.name) : out)
    }
    form.querySelector(".session-note")?.remove()
    if (now) renew(now.token)
    ready.add(form)
    form.requestSubmit(submitter)
    ready.delete(form)
  }, true)

  /* Back from another tab: what the page asks the server by itself needs the token as well. */
  document.addEventListener("visibilitychange", async () => {
    if (document.visibilityState !== "visible") return
    const now = await present()
    if (now?.user === user) renew(now.token)
  })
}
