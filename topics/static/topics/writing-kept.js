/* Keeps what is typed in this browser until it is saved, and offers it back to the same account. */
"use strict"
{
  const panel = document.getElementById("beside")
  const words = document.getElementById("kept").dataset
  const form = panel.closest("form")
  const { user, version } = panel.dataset
  const PREFIX = "signoff:draft:"
  const MINE = `${PREFIX}${user}:${version}:`
  const DAYS = 14
  const PAUSE = 400
  const LEFT_OUT = /^(csrfmiddlewaretoken$|_|keep-|initial-|.*__prefix__)/
  const ROW = /^(authors|references|codes|related)-(\d+)-(\w+)$/

  const storage = (() => {
    try {
      return window.localStorage
    } catch {
      return null
    }
  })()

  const entries = (beginning) =>
    Object.keys(storage ?? {})
      .filter((key) => key.startsWith(beginning))
      .map((key) => {
        try {
          return [key, JSON.parse(storage.getItem(key))]
        } catch {
          return [key, null]
        }
      })

  /* What the form says, and the words of what is chosen from a list that was fetched. */
  const typed = () => {
    const fields = {}
    const chosen = {}
    for (const field of form.elements) {
      if (!field.name || LEFT_OUT.test(field.name) || field.type === "submit") continue
      if ((field.type === "checkbox" || field.type === "radio") && !field.checked) continue
      fields[field.name] = field.value
      if (field.tagName === "SELECT" && field.value) chosen[field.name] = field.selectedOptions[0]?.text
    }
    return { fields, chosen }
  }

  const same = (one, other) => {
    const names = new Set([...Object.keys(one), ...Object.keys(other)])
    names.delete("revision")
    names.delete("opened")
    return [...names].every((name) => (one[name] ?? "") === (other[name] ?? ""))
  }

  const start = () => {
    const opened = typed().fields
    const revision = form.elements.revision.value
    const key = MINE + revision
    const unkept = element("p", words.full, "writing-trouble not-kept")
    unkept.setAttribute("role", "alert")
    let isDirty = false
    let waiting

    const keep = (more = {}) => {
      clearTimeout(waiting)
      if (!isDirty) return
      const { fields, chosen } = typed()
      try {
        if (same(fields, opened) && !more.submitted) storage.removeItem(key)
        else storage.setItem(key, JSON.stringify({ at: Date.now(), revision, fields, chosen, ...more }))
        unkept.remove()
      } catch {
        // The browser's storage is full or closed: the text is in the form alone.
        if (!unkept.isConnected) panel.querySelector(".writing-trouble").after(unkept)
      }
    }
    const later = () => {
      isDirty = true
      clearTimeout(waiting)
      waiting = setTimeout(keep, PAUSE)
    }
    form.addEventListener("input", later)
    form.addEventListener("change", later)
    window.django?.jQuery(form).on("change", "select", later)
    for (const name of ["formset:added", "formset:removed"]) document.addEventListener(name, later)
    form.addEventListener("submit", () => {
      isDirty = true
      keep({ submitted: true })
    })
    window.addEventListener("pagehide", () => clearTimeout(waiting) || (isDirty && keepUnlessSent()))
    const keepUnlessSent = () => {
      const kept = JSON.parse(storage?.getItem(key) || "{}")
      keep(kept.submitted ? { submitted: true } : {})
    }

    const [offered] = entries(MINE)
      .filter(([, entry]) => entry && !same(entry.fields, opened))
      .sort(([, one], [, other]) => other.at - one.at)
    if (offered && !("bound" in panel.dataset)) offer(...offered, opened, revision, later)
  }

  // Offering it back -----------------------------------------------------------------------------

  const element = (tag, text, className) => {
    const made = document.createElement(tag)
    if (text) made.textContent = text
    if (className) made.className = className
    return made
  }

  const plain = (html) => {
    const template = document.createElement("template")
    template.innerHTML = html.replace(/<\/(p|h\d|li|tr|dt|dd|caption)>/g, "\n</$1>")
    return template.content.textContent.trim()
  }

  /* The part in which two texts differ, with a few words around it. */
  const differing = (one, other) => {
    let start = 0
    while (start < one.length && one[start] === other[start]) start++
    let end = 0
    while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end++
    const cut = (text) => {
      const from = Math.max(0, start - 40)
      const to = Math.min(text.length, text.length - end + 40)
      const shown = text.slice(from, Math.min(to, from + 400))
      return `${from ? "… " : ""}${shown}${from + shown.length < text.length ? " …" : ""}`
    }
    return [cut(one), cut(other)]
  }

  const preview = (opened, kept) => {
    const list = element("dl", "", "kept-diff")
    const pair = (label, one, other) => {
      list.append(element("dt", label))
      for (const [name, text] of [[words.now, one], [words.then, other]]) {
        const dd = element("dd")
        dd.append(element("span", `${name}: `), text || "–")
        list.append(dd)
      }
    }
    let hasRows = false
    for (const name of new Set([...Object.keys(opened), ...Object.keys(kept)])) {
      const [one, other] = [opened[name] ?? "", kept[name] ?? ""]
      if (one === other || name === "revision" || name === "opened") continue
      if (name.includes("-")) {
        hasRows = true
        continue
      }
      const label = form.querySelector(`label[for="id_${name}"]`)?.textContent.replace(/:\s*$/, "") || name
      pair(label, ...(name === "body" ? differing(plain(one), plain(other)) : differing(one, other)))
    }
    if (hasRows) list.append(element("dt", words.rows))
    return list
  }

  const offer = (key, entry, opened, revision, later) => {
    const banner = element("section", "", "kept")
    banner.setAttribute("role", "region")
    const when = new Intl.DateTimeFormat(document.documentElement.lang, {
      ...{ year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" },
      ...{ timeZone: words.zone, timeZoneName: "short" },
    }).format(entry.at)
    const isOther = entry.revision !== revision
    const sentence = element("p", (isOther ? words.other : words.words).replace("{when}", when))
    sentence.setAttribute("role", "status")
    sentence.id = "kept-words"
    banner.setAttribute("aria-labelledby", "kept-words")
    const details = element("details")
    details.append(element("summary", words.see), preview(opened, entry.fields))
    const acts = element("p", "", "kept-acts")
    const restore = element("button", words.restore, "act-primary")
    const discard = element("button", words.discard, "act-quiet")
    restore.type = discard.type = "button"
    acts.append(restore, discard)
    banner.append(sentence, details, acts)
    form.before(banner)
    discard.addEventListener("click", () => {
      storage.removeItem(key)
      banner.remove()
      form.elements.title.focus()
    })
    restore.addEventListener("click", () => {
      fill(entry)
      form.elements.revision.value = entry.revision
      banner.replaceChildren(element("p", words.restored))
      banner.firstChild.setAttribute("role", "status")
      form.elements.title.focus()
      later()
      form.dispatchEvent(new Event("input", { bubbles: true }))
    })
  }

  // Filling the form -----------------------------------------------------------------------------

  const fill = ({ fields, chosen }) => {
    for (const [name, value] of Object.entries(fields)) {
      if (!name.endsWith("-TOTAL_FORMS")) continue
      const group = name.replace("-TOTAL_FORMS", "")
      for (let n = Number(form.elements[name]?.value); n < Number(value); n++) {
        document.querySelector(`#${group}-group .add-row a, #${group}-group .add-row button`)?.click()
      }
    }
    for (const field of form.elements) {
      const kept = fields[field.name]
      if (!field.name || LEFT_OUT.test(field.name) || field.name === "revision") continue
      if (/-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS$/.test(field.name)) continue
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = kept !== undefined && field.value === kept
      } else if (kept === undefined) {
        if (ROW.test(field.name) && field.type !== "hidden") field.value = ""
      } else if (field.name === "body") {
        fillBody(field, kept)
      } else {
        if (field.tagName === "SELECT" && kept && ![...field.options].some((o) => o.value === kept)) {
          field.add(new Option(chosen[field.name] || kept, kept))
        }
        field.value = kept
        if (field.tagName === "SELECT") window.django?.jQuery(field).trigger("change")
      }
    }
  }

  let bodyEditor = null
  const fillBody = (field, html) => {
    if (bodyEditor && !bodyEditor.isDestroyed) bodyEditor.commands.setContent(html, { emitUpdate: true })
    field.value = html
  }

  // Beginning ------------------------------------------------------------------------------------

  /* What was saved, and what is older than two weeks, is no longer kept; nor what can't be read. */
  const tidy = () => {
    const saved = Number(panel.dataset.saved)
    for (const [key, entry] of entries(MINE)) {
      if (entry?.submitted && saved && Number(entry.revision) <= saved) storage.removeItem(key)
    }
    for (const [key, entry] of entries(PREFIX)) {
      if (!entry || Date.now() - entry.at > DAYS * 86_400_000) storage.removeItem(key)
    }
  }

  tidy()
  const area = form.elements.body
  let hasStarted = false
  const once = () => {
    if (hasStarted) return
    hasStarted = true
    start()
  }
  /* The editor spells the body in its own way; what was opened is what it says then. */
  document.addEventListener("prose-editor:ready", (event) => {
    bodyEditor = event.detail.editor
    once()
  })
  if (!area.hasAttribute("data-django-prose-editor-configurable")) once()
  else setTimeout(once, 5000)
}
