// Loading keeps the old content and dims it, but only when it takes longer than the eye waits for.
const PATIENCE = 200;
const waiting = new Map<XMLHttpRequest, { timer: number; target: Element }>();

interface Detail {
  xhr: XMLHttpRequest;
  target: Element;
  elt: Element;
}

document.addEventListener("htmx:beforeSend", (event) => {
  const { xhr, target, elt } = (event as CustomEvent<Detail>).detail;
  if (!target || elt.matches("[data-save], [data-quiet], [data-combobox]")) return;
  const timer = window.setTimeout(() => {
    target.setAttribute("data-busy", "");
    target.setAttribute("aria-busy", "true");
  }, PATIENCE);
  waiting.set(xhr, { timer, target });
});

document.addEventListener("htmx:afterRequest", (event) => {
  const { xhr } = (event as CustomEvent<Detail>).detail;
  const entry = waiting.get(xhr);
  if (!entry) return;
  waiting.delete(xhr);
  window.clearTimeout(entry.timer);
  entry.target.removeAttribute("data-busy");
  entry.target.removeAttribute("aria-busy");
});
