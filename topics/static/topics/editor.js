/* The editor's own part of the vocabulary: call-outs, definition lists, table captions and heads.

What `topics/content/html.py` keeps, this must be able to hold. `Faithful` makes sure of it: it
compares the body with what the editor made of it, and gives way to plain HTML where they differ. */

import {
  Document as BaseDocument,
  Extension,
  gettext,
  Link as BaseLink,
  ListItem as BaseListItem,
  Mark,
  Node,
  pm,
  Subscript as BaseSubscript,
  Superscript as BaseSuperscript,
  Table as BaseTable,
  TableCell as BaseTableCell,
  TableHeader as BaseTableHeader,
  TableRow as BaseTableRow,
  updateAttrsDialog,
} from "django-prose-editor/editor"

const IN_CELLS = "(paragraph | bulletList | orderedList | definitionList)"
const FLOW = "(paragraph | bulletList | orderedList | definitionList | table)"

/* What the server would unwrap, the editor does not offer: call-outs stand at the top level only,
   headings stand neither in lists nor in cells. */
export const Document = BaseDocument.extend({ content: "(block | callOut)+" })
export const ListItem = BaseListItem.extend({ content: `${FLOW}+` })
export const TableCell = BaseTableCell.extend({ content: `${IN_CELLS}+` })

/* The server keeps no title of a link. */
export const Link = BaseLink.extend({
  addAttributes() {
    return { href: { default: null } }
  },
})

// Sub- and superscript, also one inside the other: x to the power of i squared ---------------------

const inner = "sup sub, sub sub, sup sup, sub sup"
const outermost = (tag) => ({ tag, getAttrs: (dom) => (dom.matches(inner) ? false : null) })

export const Subscript = BaseSubscript.extend({ parseHTML: () => [outermost("sub")] })
export const Superscript = BaseSuperscript.extend({ parseHTML: () => [outermost("sup")] })

const innerScript = (name, tag) =>
  Mark.create({
    name,
    priority: 10,
    inclusive: false,
    parseHTML: () => [{ tag: `sup ${tag}` }, { tag: `sub ${tag}` }],
    renderHTML: () => [tag, 0],
  })

// Call-outs ----------------------------------------------------------------------------------------

const CALL_OUTS = {
  "key-points": gettext("Key points"),
  "when-to-call": gettext("When to call a doctor"),
}

const enclosing = ($pos, name) => {
  for (let depth = $pos.depth; depth > 0; depth--) {
    if ($pos.node(depth).type.name === name) return { depth, node: $pos.node(depth), pos: $pos.before(depth) }
  }
  return null
}

export const CallOut = Node.create({
  name: "callOut",
  group: "callOut",
  content: `${FLOW}+`,
  defining: true,
  addOptions: () => ({ kinds: Object.keys(CALL_OUTS) }),
  addAttributes() {
    const [first] = this.options.kinds
    return {
      kind: {
        default: first,
        parseHTML: (dom) => this.options.kinds.find((kind) => dom.classList.contains(kind)),
        renderHTML: ({ kind }) => ({ class: kind }),
      },
    }
  },
  parseHTML() {
    return this.options.kinds.map((kind) => ({ tag: `aside.${kind}` }))
  },
  renderHTML: ({ HTMLAttributes }) => ["aside", HTMLAttributes, 0],
  addCommands() {
    return {
      toggleCallOut:
        (kind) =>
        ({ state, tr, dispatch }) => {
          const { $from, $to } = state.selection
          const around = enclosing($from, this.name)
          if (around) {
            if (!dispatch) return true
            if (around.node.attrs.kind === kind) {
              tr.replaceWith(around.pos, around.pos + around.node.nodeSize, around.node.content)
            } else {
              tr.setNodeMarkup(around.pos, null, { kind })
            }
            return true
          }
          const range = $from.blockRange($to, (node) => node.type.name === "doc")
          if (!range) return false
          const blocks = []
          for (let i = range.startIndex; i < range.endIndex; i++) blocks.push(range.parent.child(i))
          const callOut = this.type.create({ kind }, blocks)
          if (!this.type.validContent(callOut.content)) return false
          if (dispatch) tr.replaceWith(range.start, range.end, callOut)
          return true
        },
    }
  },
  addMenuItems({ menu, buttons }) {
    for (const kind of this.options.kinds) {
      menu.defineItem({
        name: `callOut:${kind}`,
        groups: "callOuts",
        button: buttons.text(CALL_OUTS[kind] || kind, `${gettext("Call-out")}: ${CALL_OUTS[kind] || kind}`),
        command: (editor) => editor.chain().focus().toggleCallOut(kind).run(),
        enabled: (editor) => editor.can().toggleCallOut(kind),
        active: (editor) => editor.isActive("callOut", { kind }),
      })
    }
  },
})

// Definition lists ---------------------------------------------------------------------------------

export const DefinitionTerm = Node.create({
  name: "definitionTerm",
  content: "inline*",
  defining: true,
  parseHTML: () => [{ tag: "dt" }],
  renderHTML: () => ["dt", 0],
})

export const Definition = Node.create({
  name: "definition",
  content: `${FLOW}+`,
  defining: true,
  parseHTML: () => [{ tag: "dd" }],
  renderHTML: () => ["dd", 0],
})

export const DefinitionList = Node.create({
  name: "definitionList",
  group: "block",
  content: "(definitionTerm | definition)+",
  parseHTML: () => [{ tag: "dl" }],
  renderHTML: () => ["dl", 0],
  addMenuItems({ menu, buttons }) {
    menu.defineItem({
      name: "definitionList",
      groups: "definitions",
      button: buttons.text(gettext("Term: definition"), `${gettext("Definition list")}: ${gettext("Term: definition")}`),
      command: (editor) =>
        editor
          .chain()
          .focus()
          .insertContent({
            type: this.name,
            content: [
              { type: "definitionTerm", content: [{ type: "text", text: gettext("Term") }] },
              { type: "definition", content: [{ type: "paragraph" }] },
            ],
          })
          .run(),
      active: (editor) => editor.isActive("definitionList"),
    })
  },
  addKeyboardShortcuts() {
    return {
      /* From a term to its definition; from an empty last line of it to the next term; from an
         empty term out of the list. */
      Enter: ({ editor }) => {
        const { $from, empty } = editor.state.selection
        if (!empty) return false
        const term = enclosing($from, "definitionTerm")
        if (term) {
          const list = enclosing($from, this.name)
          const after = term.pos + term.node.nodeSize
          if (term.node.content.size === 0) {
            const end = list.pos + list.node.nodeSize
            const whole = list.node.childCount === 1
            return editor
              .chain()
              .insertContentAt(end, { type: "paragraph" })
              .deleteRange(whole ? { from: list.pos, to: end } : { from: term.pos, to: after })
              .setTextSelection(whole ? list.pos + 1 : end - term.node.nodeSize + 1)
              .run()
          }
          if ($from.parentOffset !== term.node.content.size) return false
          return editor
            .chain()
            .insertContentAt(after, { type: "definition", content: [{ type: "paragraph" }] })
            .setTextSelection(after + 2)
            .run()
        }
        const definition = enclosing($from, "definition")
        const isLast =
          definition &&
          $from.depth === definition.depth + 1 &&
          $from.parent.type.name === "paragraph" &&
          $from.parent.content.size === 0 &&
          definition.node.childCount > 1 &&
          $from.index(definition.depth) === definition.node.childCount - 1
        if (!isLast) return false
        const after = definition.pos + definition.node.nodeSize - $from.parent.nodeSize
        return editor
          .chain()
          .deleteRange({ from: $from.before(), to: $from.after() })
          .insertContentAt(after, { type: "definitionTerm" })
          .setTextSelection(after + 1)
          .run()
      },
    }
  },
})

// Tables with captions, header rows and scopes -----------------------------------------------------

const IN_CAPTIONS = new Set(["STRONG", "EM", "SUB", "SUP", "BR", "A", "B", "I"])
const SAFE_LINK = /^(https?:|mailto:|tel:|article:)/i

/* A copy of running text with nothing but the marks of the vocabulary in it. */
const copyInline = (source, target) => {
  for (const child of source.childNodes) {
    if (child.nodeType === 3) {
      target.append(child.data)
    } else if (child.nodeType === 1) {
      let into = target
      if (IN_CAPTIONS.has(child.tagName)) {
        into = document.createElement(child.tagName)
        const href = child.getAttribute("href")
        if (child.tagName === "A" && href && SAFE_LINK.test(href)) into.setAttribute("href", href)
        target.append(into)
      }
      copyInline(child, into)
    }
  }
  return target
}

const inert = (html) => {
  const template = document.createElement("template")
  template.innerHTML = html
  return template.content
}

const captionOf = (table) => {
  if (table.hasAttribute("data-caption")) return table.getAttribute("data-caption")
  const caption = [...table.children].find((child) => child.tagName === "CAPTION")
  return caption ? copyInline(caption, document.createElement("div")).innerHTML : null
}

const captionDialog = updateAttrsDialog(
  { caption: { type: "string", title: gettext("Caption"), format: "text" } },
  { title: gettext("Caption of the table") },
)

export const Table = BaseTable.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      caption: {
        default: null,
        parseHTML: captionOf,
        renderHTML: ({ caption }) => (caption ? { "data-caption": caption } : {}),
      },
    }
  },
  parseHTML: () => [{ tag: "table" }, { tag: "caption", ignore: true }],
  addNodeView() {
    const base = this.parent?.()
    return (props) => {
      const view = base(props)
      const caption = document.createElement("caption")
      caption.contentEditable = "false"
      const show = (node) => {
        caption.replaceChildren()
        if (node.attrs.caption) {
          copyInline(inert(node.attrs.caption), caption)
          view.table.prepend(caption)
        } else {
          caption.remove()
        }
      }
      show(props.node)
      const update = view.update.bind(view)
      view.update = (node) => {
        if (!update(node)) return false
        show(node)
        return true
      }
      return view
    }
  },
  addCommands() {
    return {
      ...this.parent?.(),
      editCaption:
        () =>
        ({ editor, state }) => {
          const table = enclosing(state.selection.$from, this.name)
          if (!table) return false
          const before = inert(table.node.attrs.caption || "").textContent
          captionDialog(editor, { caption: before }).then((typed) => {
            // An unchanged caption keeps its markup.
            if (!typed || typed.caption === before) return
            const text = document.createElement("div")
            text.textContent = typed.caption
            editor.commands.updateAttributes(this.name, { caption: text.innerHTML || null })
          })
          return true
        },
      /* Makes this row and those above it the table's head, or this and those below its body. */
      toggleHead:
        () =>
        ({ state, tr, dispatch }) => {
          const table = enclosing(state.selection.$from, this.name)
          const row = enclosing(state.selection.$from, "tableRow")
          if (!table || !row) return false
          if (!dispatch) return true
          const { tableHeader, tableCell } = state.schema.nodes
          const isHead = row.node.attrs.head
          const here = state.selection.$from.index(table.depth)
          table.node.forEach((each, offset, index) => {
            if (isHead ? index < here : index > here) return
            const pos = table.pos + 1 + offset
            if (each.attrs.head !== !isHead) tr.setNodeMarkup(pos, null, { ...each.attrs, head: !isHead })
            if (isHead && index > here && !each.attrs.head) return
            each.forEach((cell, inside) => {
              const attrs = { ...cell.attrs, scope: isHead ? null : cell.attrs.scope || "col" }
              tr.setNodeMarkup(pos + 1 + inside, isHead ? tableCell : tableHeader, attrs)
            })
          })
          return true
        },
    }
  },
  addMenuItems(storage) {
    this.parent?.(storage)
    const { menu, buttons } = storage
    const inTable = (editor) => !editor.isActive("table")
    menu.defineItem({
      name: "table:head",
      groups: "table",
      button: buttons.text(gettext("Head"), gettext("Header row")),
      command: (editor) => editor.chain().focus().toggleHead().run(),
      active: (editor) => Boolean(editor.getAttributes("tableRow").head),
      hidden: inTable,
    })
    menu.defineItem({
      name: "table:caption",
      groups: "table",
      button: buttons.text(gettext("Caption"), gettext("Caption of the table")),
      command: (editor) => editor.chain().focus().editCaption().run(),
      hidden: inTable,
    })
  },
})

export const TableRow = BaseTableRow.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      head: {
        default: null,
        parseHTML: (dom) =>
          dom.hasAttribute("data-head")
            ? dom.getAttribute("data-head") === "true"
            : Boolean(dom.closest("thead")),
        renderHTML: ({ head }) => (head === null ? {} : { "data-head": String(head) }),
      },
    }
  },
})

export const TableHeader = BaseTableHeader.extend({
  content: `${IN_CELLS}+`,
  addAttributes() {
    return { ...this.parent?.(), scope: { default: null } }
  },
})

/* A row made by the editor has no `data-head`: it is a head if nothing but headers stands in it. */
const isHead = (row) =>
  row.hasAttribute("data-head")
    ? row.getAttribute("data-head") === "true"
    : row.children.length > 0 && [...row.children].every((cell) => cell.tagName === "TH")

/* The editor's HTML with captions and heads as elements. */
const withTableParts = (html) => {
  const content = inert(html)
  for (const table of content.querySelectorAll("table")) {
    const body = table.querySelector("tbody")
    const head = document.createElement("thead")
    while (body?.firstElementChild && isHead(body.firstElementChild)) head.append(body.firstElementChild)
    if (head.childElementCount) table.prepend(head)
    if (body && !body.childElementCount) body.remove()
    const caption = table.getAttribute("data-caption")
    if (caption) {
      const element = document.createElement("caption")
      copyInline(inert(caption), element)
      table.prepend(element)
    }
    table.removeAttribute("data-caption")
  }
  for (const row of content.querySelectorAll("tr")) row.removeAttribute("data-head")
  const holder = document.createElement("template")
  holder.content.append(content)
  return holder.innerHTML
}

// Faithfulness -------------------------------------------------------------------------------------

const MARKS = { STRONG: "strong", B: "strong", EM: "em", I: "em", SUB: "sub", SUP: "sup", A: "a" }
const PASSED = new Set(["TBODY"])
const LEFT_OUT = new Set(["COLGROUP", "COL"])
const UNWRAPS_FIRST = new Set(["LI", "TD", "TH", "DD"])
const ATTRIBUTES = ["class", "scope", "colspan", "rowspan"]

/* What a body says, as a list in which spelling does not count: `<li>a</li>` is `<li><p>a</p></li>`,
   and the space between two words has no marks. */
export const said = (html) => {
  const tokens = []
  const block = (token) => {
    while (/^(?: |<br>)$/.test(tokens.at(-1))) tokens.pop()
    tokens.push(token)
  }
  const text = (data, marks) => {
    for (const piece of data.split(/([ \t\r\n]+)/)) {
      const last = tokens.at(-1)
      if (!piece) continue
      if (/^\s/.test(piece) && piece !== "\u00a0") {
        if (last && !/^(?: $|<\/?[a-z])/.test(last)) tokens.push(" ")
      } else {
        tokens.push(...[...piece].map((char) => `${marks}|${char}`))
      }
    }
  }
  const walk = (node, marks) => {
    for (const child of node.childNodes) {
      if (child.nodeType === 3) {
        text(child.data, marks)
        continue
      }
      if (child.nodeType !== 1 || LEFT_OUT.has(child.tagName)) continue
      const { tagName } = child
      if (tagName === "BR") {
        tokens.push("<br>")
      } else if (MARKS[tagName]) {
        const mark = MARKS[tagName]
        const scripts = mark === "sub" || mark === "sup" ? [...marks.scripts, mark] : marks.scripts
        const next = { ...marks, scripts, [mark]: mark === "a" ? child.getAttribute("href") : true }
        walk(child, described(next))
      } else if (PASSED.has(tagName)) {
        walk(child, marks)
      } else if (tagName === "P" && !child.textContent.trim()) {
        continue
      } else if (tagName === "P" && UNWRAPS_FIRST.has(node.tagName) && child === firstWithText(node)) {
        walk(child, marks)
        block("<end of line>")
      } else {
        const attributes = ATTRIBUTES.map((name) => child.getAttribute(name) || "").join(",")
        block(`<${tagName.toLowerCase()} ${attributes.replaceAll(/\b1\b/g, "")}>`)
        walk(child, marks)
        block(`</${tagName.toLowerCase()}>`)
      }
    }
  }
  walk(inert(html), described({ scripts: [] }))
  return tokens.filter((token) => token !== "<end of line>")
}

const described = (marks) => ({
  ...marks,
  toString: () => `${marks.a || ""}${marks.strong ? "*" : ""}${marks.em ? "_" : ""}${marks.scripts}`,
})
const firstWithText = (node) => [...node.children].find((child) => child.textContent.trim())

/* Whether a table has rows of different length: at the first keystroke the editor would fill them up,
   and may do so on the left, which moves a dose into another column. */
const isUneven = (doc) => {
  let found = false
  doc.descendants((node) => {
    if (node.type.name === "table" && pm.tables.TableMap.get(node).problems) found = true
  })
  return found
}

/* The text has the field's name. It stands in a region, so that call-outs, which are asides, are read
   as parts of the text and not as landmarks of the page. */
const named = ({ options }) => {
  const textarea = options.element.querySelector("textarea")
  const name = textarea.labels[0]?.textContent.replace(/:\s*$/, "") || textarea.name
  options.element.setAttribute("role", "region")
  options.element.setAttribute("aria-label", name)
  options.editorProps = { ...options.editorProps, attributes: { "aria-label": name } }
}

export const Faithful = Extension.create({
  name: "faithful",
  addExtensions: () => [innerScript("innerSub", "sub"), innerScript("innerSup", "sup")],
  onBeforeCreate() {
    const { editor } = this
    named(editor)
    editor.options.injectNonce = document.querySelector("script[nonce]")?.nonce
    const plain = editor.getHTML.bind(editor)
    editor.getHTML = () => withTableParts(plain())
  },
  onCreate() {
    const { editor } = this
    const textarea = editor.options.element.querySelector("textarea")
    const same = said(textarea.value).join("\n") === said(editor.getHTML()).join("\n")
    if (same && !isUneven(editor.state.doc)) return
    const note = document.createElement("p")
    note.className = "plain-html-note"
    note.textContent = gettext(
      "This body holds something that the editor would change, such as a table with rows of different length. So that nothing is lost, it is shown as HTML.",
    )
    // Later, because the other extensions are still being created.
    setTimeout(() => {
      editor.destroy()
      textarea.classList.add("plain-html")
      textarea.before(note)
    })
  },
})
