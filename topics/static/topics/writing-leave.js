/* Logging out takes the unsaved text of this account out of the browser, after asking. */
"use strict"
document.getElementById("logout-form")?.addEventListener("submit", (event) => {
  const mine = `signoff:draft:${event.target.dataset.user}:`
  try {
    const kept = Object.keys(localStorage).filter((key) => key.startsWith(mine))
    if (!kept.length) return
    const words =
      (window.gettext || String)("Text that you typed but did not save is kept in this browser. Log out and discard it?")
    if (!window.confirm(words)) event.preventDefault()
    else for (const key of kept) localStorage.removeItem(key)
  } catch {
    // No storage, nothing kept.
  }
})
