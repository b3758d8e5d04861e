/* Links to articles, chosen by search and stored as references; headings that follow one another;
   what assistive technology calls the editor. Extensions of the editor, beside `editor.js`. */

import { Extension, gettext, Heading as BaseHeading, Plugin } from "django-prose-editor/editor"

const REFERENCE = /^article:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/

// Choosing an article ------------------------------------------------------------------------------

const element = (tag, attributes = {}, children = []) => {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

/* A dialog with a search field and its results; resolves to the chosen article, or null. */
const pick = (url, typed) =>
  new Promise((resolve) => {
    const input = element("input", {
      type: "search",
      id: "link-picker-input",
      role: "combobox",
      "aria-expanded": "false",
      "aria-controls": "link-picker-list",
      "aria-autocomplete": "list",
      autocomplete: "off",
    })
    input.value = typed
    const list = element("ul", { id: "link-picker-list", role: "listbox", "aria-label": gettext("Articles") })
    const status = element("p", { role: "status" })
    const cancel = element("button", { type: "button", class: "act-quiet" }, [gettext("Cancel")])
    const dialog = element("dialog", { class: "link-picker", "aria-labelledby": "link-picker-title" }, [
      element("h2", { id: "link-picker-title" }, [gettext("Link to an article")]),
      element("label", { for: "link-picker-input" }, [gettext("Words of its title or another name, its slug or its id")]),
      input,
      status,
      list,
      element("div", { class: "link-picker-acts" }, [cancel]),
    ])
    let found = []
    let here = 0
    let chosen = null

    const mark = () => {
      ;[...list.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === here)))
      const option = list.children[here]
      input.setAttribute("aria-expanded", String(found.length > 0))
      if (option) input.setAttribute("aria-activedescendant", option.id)
      else input.removeAttribute("aria-activedescendant")
      option?.scrollIntoView({ block: "nearest" })
    }
    const take = (article) => {
      chosen = article
      dialog.close()
    }
    const show = ({ articles, more }) => {
      found = articles
      here = 0
      list.replaceChildren(
        ...found.map((article, n) => {
          const notes = [`${article.slug} [${article.language}]`]
          if (!article.is_public) notes.push(gettext("not public"))
          const option = element("li", { role: "option", id: `link-picker-${n}` }, [
            article.title,
            element("small", {}, [notes.join(" · ")]),
          ])
          option.addEventListener("click", () => take(article))
          return option
        }),
      )
      status.textContent = !input.value.trim()
        ? ""
        : more
          ? gettext("There are more than these; type another word.")
          : found.length
            ? ""
            : gettext("No article has these words.")
      mark()
    }
    let asked = 0
    const search = async () => {
      const mine = ++asked
      try {
        const reply = await fetch(`${url}?q=${encodeURIComponent(input.value)}`)
        const answer = await reply.json()
        if (mine === asked) show(answer)
      } catch {
        status.textContent = gettext("The search does not answer. Are you still logged in?")
      }
    }
    let waiting
    input.addEventListener("input", () => {
      clearTimeout(waiting)
      waiting = setTimeout(search, 200)
    })
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape") dialog.close()  // Else the first press would only empty the field.
      else if (event.key === "ArrowDown") here = Math.min(here + 1, found.length - 1)
      else if (event.key === "ArrowUp") here = Math.max(here - 1, 0)
      else if (event.key === "Enter") {
        event.preventDefault()
        if (found[here]) take(found[here])
        return
      } else return
      event.preventDefault()
      mark()
    })
    cancel.addEventListener("click", () => dialog.close())
    dialog.addEventListener("close", () => {
      dialog.remove()
      resolve(chosen)
    })
    // Outside of the form: what is typed here is no part of the draft.
    document.body.append(dialog)
    dialog.showModal()
    input.select()
    if (typed) search()
  })

/* The public id in a pasted address of an article of this site, or null. */
const ownArticle = (address) => {
  try {
    const url = new URL(address)
    const match = url.origin === location.origin && url.pathname.match(ID)
    return match && /\/(articles)\//.test(url.pathname) ? match[0] : null
  } catch {
    return null
  }
}

/* More than this would stall the browser, and the server would refuse what is left of it: of HTML much is
   dropped on the way, of plain text nothing. */
const MOST_PASTED = { "text/html": 4_000_000, "text/plain": 1_000_000 }

/* Dropped with what is in it, as the server does: text that nobody reads as valid, above all what was
   struck out. "Take <del>50</del> 5 mg" must not become "Take 505 mg". */
const DROPPED =
  "script, style, iframe, noscript, object, template, svg, math, title, textarea, select, audio, video, " +
  "canvas, del, s, strike, [hidden], [data-was-style*='display:none'], " +
  "[data-was-style*='display: none'], [data-was-style*='line-through']"
/* Styles and handlers under another name, before anything parses them: the browser checks the page's
   policy even in a document that is never shown, and reports each of them in the console. */
const TAG = /<([a-z][^\s>/]*)((?:"[^"]{0,5000}"|'[^']{0,5000}'|[^'">]){0,5000})>/gi
const LIVE = /(^|[\s"'])(style|on[a-z]+)(?=\s*=)/gi
const calmed = (html) =>
  html
    .replace(/<style[\s>][^]*?<\/style\s*>/gi, "")
    .replace(TAG, (_whole, name, rest) => `<${name}${rest.replace(LIVE, "$1data-was-$2")}>`)

const HEADINGS = "h1, h2, h3, h4, h5, h6"
const KEPT = new Set(["href", "class", "scope", "colspan", "rowspan", "data-pm-slice", "data-caption", "data-head"])

/* Every heading stays one, of the nearest level that skips none below `above`; those that were of one
   level under the same heading still are. */
const relevel = (pasted, above) => {
  const path = []
  for (const heading of pasted.querySelectorAll(HEADINGS)) {
    const was = Number(heading.tagName[1])
    while (path.length && path.at(-1).was >= was) path.pop()
    const level = Math.min(Math.max(was, 2), (path.at(-1)?.level ?? above) + 1, 4)
    path.push({ was, level })
    const other = pasted.createElement(`h${level}`)
    other.append(...heading.childNodes)
    heading.replaceWith(other)
  }
}

/* Whether what is pasted or dropped is too large. The note sticks above the bar at the window's foot, so
   that it is seen wherever in the text the person is. */
const refused = (view, event, data) => {
  const editor = view.dom.closest(".prose-editor")
  editor.querySelector(".paste-note")?.remove()
  const kinds = Object.entries(MOST_PASTED)
  if (!data || !kinds.some(([kind, most]) => data.getData(kind).length > most)) return false
  event.preventDefault()
  const note = element("p", { class: "plain-html-note paste-note", role: "alert" }, [
    gettext("What you pasted is too large for one article. Nothing of it was taken over; paste a part of it."),
  ])
  editor.append(note)
  return true
}

export const ArticleLink = Extension.create({
  name: "articleLink",
  addOptions: () => ({ url: "" }),
  addCommands() {
    return {
      linkArticle:
        () =>
        ({ editor, state }) => {
          const { from, to } = state.selection
          const words = state.doc.textBetween(from, to, " ").slice(0, 80)
          pick(this.options.url, words).then((article) => {
            if (!article) return editor.commands.focus()
            const mark = { type: "link", attrs: { href: `article:${article.id}` } }
            const chain = editor.chain().focus().setTextSelection({ from, to })
            if (from === to && !editor.isActive("link")) {
              return chain.insertContent({ type: "text", text: article.title, marks: [mark] }).run()
            }
            if (from === to) chain.extendMarkRange("link")
            return chain.setMark("link", mark.attrs).run()
          })
          return true
        },
    }
  },
  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "articleLink",
      groups: "link",
      button: buttons.text(gettext("Article"), gettext("Link to an article")),
      command: (editor) => editor.commands.linkArticle(),
      active: (editor) => REFERENCE.test(editor.getAttributes("link").href || ""),
    })
  },
  addKeyboardShortcuts() {
    return { "Mod-Alt-k": () => this.editor.commands.linkArticle() }
  },
  addProseMirrorPlugins() {
    const { editor } = this
    return [
      new Plugin({
        props: {
          attributes: {
            role: "textbox",
            "aria-multiline": "true",
            "aria-label": gettext("Body"),
          },
          /* Before the editor reads it: reading it is what would take so long. */
          handleDOMEvents: {
            paste: (view, event) => refused(view, event, event.clipboardData),
            drop: (view, event) => refused(view, event, event.dataTransfer),
          },
          /* An address of an article of this site becomes a reference to it, over words or alone. */
          handlePaste(view, event) {
            const id = ownArticle(event.clipboardData?.getData("text/plain")?.trim() || "")
            if (!id || view.state.selection.empty) return false
            return editor.commands.setMark("link", { href: `article:${id}` })
          },
          transformPastedHTML(html, view) {
            const pasted = new DOMParser().parseFromString(calmed(html), "text/html")
            for (const dropped of pasted.querySelectorAll(DROPPED)) dropped.remove()
            const { $from } = view.state.selection
            relevel(pasted, levelAbove(view.state.doc, $from.depth ? $from.before(1) : 0))
            for (const link of pasted.querySelectorAll("a[href]")) {
              const id = ownArticle(link.getAttribute("href"))
              if (id) link.setAttribute("href", `article:${id}`)
            }
            for (const each of pasted.body.querySelectorAll("*")) {
              for (const name of each.getAttributeNames()) if (!KEPT.has(name)) each.removeAttribute(name)
            }
            return pasted.body.innerHTML
          },
        },
      }),
    ]
  },
})

// Headings -----------------------------------------------------------------------------------------

/* The level of the last heading before a place, 1 (the title) where there is none. */
const levelAbove = (doc, place) => {
  let level = 1
  doc.forEach((node, offset) => {
    if (offset < place && node.type.name === "heading") level = node.attrs.level
  })
  return level
}

const offerLevels = (editor) => {
  const bar = editor.options.element?.querySelector?.(".prose-menubar")
  for (const button of bar?.querySelectorAll("[data-name^='heading']") || []) {
    const level = Number(button.dataset.name.slice(-1))
    const may = editor.isActive("heading", { level }) || editor.can().mayHaveHeading(level)
    button.disabled = !may
    button.title = may
      ? gettext("Heading %s").replace("%s", level)
      : gettext("A heading of level %s would skip a level here").replace("%s", level)
  }
}

/* A heading of a level that would skip one is not offered, nor made by its shortcut. */
export const Heading = BaseHeading.extend({
  addCommands() {
    const follows = (state, level) => {
      const { $from } = state.selection
      const start = $from.depth ? $from.before(1) : 0
      return level <= levelAbove(state.doc, start) + 1
    }
    const base = this.parent?.()
    return {
      ...base,
      mayHaveHeading: (level) => ({ state }) => follows(state, level),
      setHeading: (attributes) => (props) =>
        follows(props.state, attributes.level) && base.setHeading(attributes)(props),
      toggleHeading: (attributes) => (props) =>
        (props.editor.isActive("heading", attributes) || follows(props.state, attributes.level)) &&
        base.toggleHeading(attributes)(props),
    }
  },
  onCreate() {
    offerLevels(this.editor)
  },
  onTransaction() {
    offerLevels(this.editor)
  },
})
