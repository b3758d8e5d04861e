/* Keeps the panel beside a draft in step with what is typed, and jumps from it into the text. */
"use strict"
{
  const panel = document.getElementById("beside")
  const now = document.getElementById("beside-now")
  const form = panel.closest("form")
  const trouble = panel.querySelector(".writing-trouble")
  const PAUSE = 700

  const status = document.createElement("p")
  status.className = "hidden-text"
  status.setAttribute("role", "status")
  panel.append(status)

  if (matchMedia("(max-width: 1239px)").matches) panel.open = false

  // Jumping into the text ------------------------------------------------------------------------

  const editor = () => form.querySelector(".prose-editor .ProseMirror")
  const folded = (char) => char.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")

  /* The characters of a text that count when two spellings of it are compared, with their places. */
  const spelled = (pieces) => {
    let text = ""
    const places = []
    pieces.forEach((piece, n) => {
      ;[...piece].reduce((offset, char) => {
        for (const each of folded(char)) {
          text += each
          places.push([n, offset, offset + char.length])
        }
        return offset + char.length
      }, 0)
    })
    return { text, places }
  }

  const found = (pieces, wanted) => {
    const { text, places } = spelled(pieces)
    const needle = spelled([wanted]).text
    const at = needle ? text.indexOf(needle) : -1
    return at < 0 ? null : [places[at], places[at + needle.length - 1]]
  }

  const select = (range) => {
    editor().focus()
    const selection = getSelection()
    selection.removeAllRanges()
    selection.addRange(range)
    range.startContainer.parentElement.scrollIntoView({ block: "center" })
  }

  const selectIn = (field, wanted) => {
    const hit = found([field.value], wanted)
    if (!hit) return
    field.focus()
    field.setSelectionRange(hit[0][1], hit[1][2])
  }

  const jump = (to) => {
    if (to.dataset.where === "summary") return selectIn(form.elements.summary, to.dataset.find)
    const area = editor()
    if (!area) return selectIn(form.elements.body, to.dataset.find || to.textContent)
    const range = document.createRange()
    if (to.dataset.heading) {
      const heading = area.querySelectorAll("h2, h3, h4")[Number(to.dataset.heading)]
      if (!heading) return
      range.selectNodeContents(heading)
      range.collapse(true)
      return select(range)
    }
    const nodes = []
    const walker = document.createTreeWalker(area, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) nodes.push(walker.currentNode)
    const hit = found(nodes.map((node) => node.data), to.dataset.find)
    if (!hit) return
    range.setStart(nodes[hit[0][0]], hit[0][1])
    range.setEnd(nodes[hit[1][0]], hit[1][2])
    select(range)
  }

  const enliven = () => {
    for (const span of now.querySelectorAll("span[data-find], span[data-heading]")) {
      const button = document.createElement("button")
      button.type = "button"
      button.className = "beside-jump"
      Object.assign(button.dataset, span.dataset)
      button.textContent = span.textContent
      span.replaceWith(button)
    }
  }

  now.addEventListener("click", (event) => {
    const to = event.target.closest(".beside-jump")
    if (to) jump(to)
  })

  // Keeping in step ------------------------------------------------------------------------------

  const say = (words) => {
    trouble.hidden = !words
    trouble.textContent = words || ""
  }

  const replace = (html) => {
    const open = [...now.querySelectorAll("details[open]")].map((each) => each.dataset.keep)
    const held = document.activeElement
    const place = now.contains(held) ? [...now.querySelectorAll("button, summary")].indexOf(held) : -1
    now.innerHTML = html
    for (const each of now.querySelectorAll("details")) each.open = open.includes(each.dataset.keep)
    enliven()
    if (place >= 0) now.querySelectorAll("button, summary")[place]?.focus()
    const said = now.querySelector("[data-said]")?.textContent
    if (said !== status.textContent) status.textContent = said
  }

  let asked = null
  const ask = async () => {
    asked?.abort()
    const mine = (asked = new AbortController())
    try {
      const reply = await fetch(panel.dataset.typed, {
        method: "POST",
        body: new FormData(form),
        signal: mine.signal,
        headers: { "X-Requested-With": "fetch" },
      })
      if (reply.redirected || reply.status === 403) return say(panel.dataset.out)
      if (reply.status === 409) return say(panel.dataset.done)
      if (!reply.ok) return say(panel.dataset.late)
      say("")
      replace(await reply.text())
    } catch (error) {
      if (error.name !== "AbortError") say(panel.dataset.late)
    }
  }

  let waiting
  const later = () => {
    clearTimeout(waiting)
    waiting = setTimeout(ask, PAUSE)
  }
  form.addEventListener("input", later)
  form.addEventListener("change", later)
  for (const name of ["formset:added", "formset:removed"]) document.addEventListener(name, later)
  window.django?.jQuery(form).on("change", "select", later)
  enliven()

  // Rows that are added get the name that the server gives to those it wrote -----------------------

  const named = () => {
    for (const row of form.querySelectorAll(".inline-related tr.form-row:not(.empty-form)")) {
      const number = [...row.parentElement.querySelectorAll("tr.form-row:not(.empty-form)")].indexOf(row) + 1
      for (const field of row.querySelectorAll("[data-row-label]")) {
        const words = field.dataset.rowLabel.replace("{row}", number)
        field.setAttribute("aria-label", words)
        const box = field.nextElementSibling?.querySelector?.(".select2-selection")
        if (box) {
          box.removeAttribute("aria-labelledby")
          box.setAttribute("aria-label", words)
        }
      }
    }
  }
  for (const name of ["formset:added", "formset:removed"]) {
    document.addEventListener(name, () => setTimeout(named))
  }
  window.addEventListener("load", named)
}
