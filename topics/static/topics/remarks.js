// Remarks on the words that are selected, and how far the document was read. Without it there is the form.
"use strict";

const LONGEST = 1000;
const AROUND = 80;
const readable = document.querySelector("[data-readable]");
const box = document.getElementById("new-remark");
const button = document.getElementById("remark-here");

const oneLine = (text) => text.replace(/\s+/g, " ").trim();

function partOf(node) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  if (!element || !readable.contains(element) || element.closest(".passage-remarks")) return null;
  return element.closest("[data-part]");
}

function blockOf(node, part) {
  let element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  while (element !== part && element.parentElement !== part && !element.parentElement.matches(".passage-text, .passage-rest")) {
    element = element.parentElement;
  }
  return element;
}

// What a redline shows besides the text as it reads now.
const NOT_TEXT = "del, .redline-removed, .redline-away, .hidden-text, .redline-note, .redline-what, .passage-remarks";
const BLOCKS = "p, li, dt, dd, td, th, caption, h3, h4, h5, h6, br";

/* The words in a range as the document has them. */
function words(range) {
  const found = range.cloneContents();
  found.querySelectorAll(NOT_TEXT).forEach((one) => one.remove());
  found.querySelectorAll(BLOCKS).forEach((one) => one.after(" "));
  return oneLine(found.textContent);
}

const isGone = (node) =>
  Boolean((node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest(NOT_TEXT));

/* The selection as a quote: its words, those around it in the same block, and where it is. */
function chosen() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const part = partOf(range.startContainer);
  if (!part) return null;
  // A range inside of what was removed keeps no sign of it once it is copied.
  const gone = isGone(range.startContainer) && isGone(range.endContainer);
  const quote = gone ? "" : words(range);
  if (!quote || quote.length > LONGEST) return null;
  const block = blockOf(range.startContainer, part);
  const before = document.createRange();
  before.setStart(block, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const after = document.createRange();
  after.setStart(range.endContainer, range.endOffset);
  after.setEndAfter(block.lastChild || block);
  return {
    part, block, quote, range,
    prefix: words(before).slice(-AROUND),
    suffix: after.collapsed ? "" : words(after).slice(0, AROUND),
  };
}

function offer() {
  const found = chosen();
  button.hidden = !found;
  if (!found) return;
  // On a narrow page it stands in the bar at the foot, where a thumb is.
  const beside = getComputedStyle(button).position === "fixed";
  const at = found.range.getBoundingClientRect();
  button.style.top = beside ? `${at.bottom + 6}px` : "";
  button.style.left = beside ? `${Math.min(at.left, innerWidth - button.offsetWidth - 8)}px` : "";
}

function take(found) {
  const form = box.querySelector("form");
  form.elements.where.value = found.part.dataset.part;
  for (const name of ["quote", "prefix", "suffix"]) form.elements[name].value = found[name];
  const wrong = form.querySelectorAll(".errorlist");
  wrong.forEach((list) => list.remove());
  box.open = true;
  // Beside the words it speaks of, not at the end of a long page.
  const holder = found.block.closest(".passage") || found.block;
  holder.after(box);
  button.hidden = true;
  form.elements.text.focus();
  box.scrollIntoView({ block: "center" });
}

if (readable && box && button) {
  document.addEventListener("selectionchange", offer);
  addEventListener("scroll", offer, { passive: true });
  // Pressing the button would clear the selection before it could be read.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const found = chosen();
    if (found) take(found);
  });
  for (const link of document.querySelectorAll('a[href="#new-remark"]')) {
    link.addEventListener("click", (event) => {
      const found = chosen();
      event.preventDefault();
      if (found) return take(found);
      box.open = true;
      box.querySelector("select").focus();
      box.scrollIntoView({ block: "center" });
    });
  }
}

if (readable) {
  for (const remark of readable.querySelectorAll(".remark")) {
    const own = remark.id.replace("remark-", "");
    const marks = [...readable.querySelectorAll("mark[data-remarks]")].filter((mark) =>
      mark.dataset.remarks.split(" ").includes(own));
    const point = (on) => () => marks.forEach((mark) => mark.classList.toggle("is-pointed", on));
    for (const name of ["mouseenter", "focusin"]) remark.addEventListener(name, point(true));
    for (const name of ["mouseleave", "focusout"]) remark.addEventListener(name, point(false));
  }
}

const progress = document.querySelector(".review-progress");
if (readable && progress) {
  const read = () => {
    const frame = readable.getBoundingClientRect();
    const seen = (innerHeight - frame.top) / frame.height;
    progress.value = Math.max(progress.value, Math.round(Math.min(Math.max(seen, 0), 1) * 100));
  };
  progress.hidden = false;
  addEventListener("scroll", read, { passive: true });
  read();
}

// A remark is answered without losing what is typed elsewhere on the page.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const list = form.closest("#remarks");
  if (!list || form.dataset.remark !== "follow") return;
  event.preventDefault();
  const data = new FormData(form, event.submitter);
  try {
    const reply = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const fresh = page.getElementById("remarks");
    if (!reply.ok || !fresh) throw new Error(String(reply.status));
    const own = form.closest(".remark").id;
    list.replaceWith(fresh);
    document.dispatchEvent(new Event("signoff:saved"));
    document.getElementById(own)?.focus();
  } catch {
    form.requestSubmit = null;
    const hidden = document.createElement("input");
    Object.assign(hidden, { type: "hidden", name: "kind", value: event.submitter?.value || "reply" });
    form.append(hidden);
    form.submit();
  }
});
