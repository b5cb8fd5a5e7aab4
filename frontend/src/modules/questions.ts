// Questions about products, one a row: Enter accepts and goes on, arrows change the candidate, typing searches the range.
import htmx from "htmx.org";

import { hit } from "./dom";

const ROW = "tr[data-question]";
const QUIET = 160;
let timer = 0;
let turn = 0;

interface Parts {
  row: HTMLElement;
  input: HTMLInputElement;
  list: HTMLElement;
}

function partsOf(event: Event): Parts | null {
  const row = hit(event, ROW);
  const input = row?.querySelector<HTMLInputElement>("[role=combobox]");
  const list = row?.querySelector<HTMLElement>("[role=listbox]");
  return row && input && list ? { row, input, list } : null;
}

const optionsOf = (list: HTMLElement): HTMLElement[] => [...list.querySelectorAll<HTMLElement>("[role=option]")];
const chosenOf = (list: HTMLElement): HTMLElement | undefined =>
  optionsOf(list).find((option) => option.getAttribute("aria-selected") === "true");

function open({ input, list }: Parts, shown: boolean): void {
  list.hidden = !shown || !list.childElementCount;
  input.setAttribute("aria-expanded", String(!list.hidden));
  if (list.hidden) input.removeAttribute("aria-activedescendant");
}

function mark({ input, list }: Parts, option: HTMLElement | undefined): void {
  for (const other of optionsOf(list)) other.setAttribute("aria-selected", String(other === option));
  if (!option) return;
  if (!list.hidden) input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

/** Puts an option into the field: its product is what Enter will accept. */
function fill(parts: Parts, option: HTMLElement): void {
  const { row, input } = parts;
  mark(parts, option);
  input.value = option.dataset.text ?? "";
  input.dataset.product = option.dataset.value ?? "";
  const why = row.querySelector(`#${CSS.escape(input.id)}-why`);
  if (why) why.textContent = option.dataset.why ?? "";
}

function step(parts: Parts, by: 1 | -1): void {
  const options = optionsOf(parts.list);
  if (!options.length) return;
  const at = options.indexOf(chosenOf(parts.list) as HTMLElement);
  const next = options[(at + by + options.length) % options.length];
  if (!next) return;
  if (parts.list.hidden) fill(parts, next);
  else mark(parts, next);
}

function goOn(row: Element): void {
  let next = row.nextElementSibling;
  while (next && (!next.matches(ROW) || next.hasAttribute("data-answered"))) next = next.nextElementSibling;
  const input = next?.querySelector<HTMLInputElement>("[role=combobox]");
  input?.focus();
  input?.select();
}

function say(row: HTMLElement, answer: string, product: string): void {
  if (answer === "product" && !product) return;
  goOn(row);
  row.setAttribute("data-answered", "");
  void htmx
    .ajax("post", row.dataset.url ?? "", { source: row, target: row, swap: "outerHTML", values: { answer, product } })
    .then(() => {
      if (row.isConnected) row.removeAttribute("data-answered");
    });
}

async function search(parts: Parts): Promise<void> {
  const { row, input, list } = parts;
  const typed = input.value.trim();
  if (!typed) return open(parts, false);
  const mine = ++turn;
  const address = new URL(row.dataset.suggest ?? "", location.href);
  address.searchParams.set("q", typed);
  const answer = await fetch(address, { headers: { "HX-Request": "true" }, credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || mine !== turn || document.activeElement !== input) return;
  list.innerHTML = await answer.text();
  optionsOf(list).forEach((option, at) => (option.id ||= `${list.id}-${at}`));
  open(parts, true);
  mark(parts, optionsOf(list)[0]);
}

document.addEventListener("input", (event) => {
  const parts = partsOf(event);
  if (!parts || event.target !== parts.input) return;
  parts.input.dataset.product = "";
  window.clearTimeout(timer);
  timer = window.setTimeout(() => void search(parts), QUIET);
});

document.addEventListener("keydown", (event) => {
  const parts = partsOf(event);
  if (!parts || event.target !== parts.input || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const { row, input, list } = parts;
  if (event.key === "ArrowDown") step(parts, 1);
  else if (event.key === "ArrowUp") step(parts, -1);
  else if (event.key === "Enter") {
    const chosen = chosenOf(list);
    if (!list.hidden && chosen) fill(parts, chosen);
    open(parts, false);
    say(row, "product", input.dataset.product ?? "");
  } else if (event.key === "Escape") {
    open(parts, false);
    input.value = input.defaultValue;
    input.dataset.product = input.getAttribute("data-first-product") ?? "";
  } else return;
  event.preventDefault();
});

document.addEventListener("pointerdown", (event) => {
  const parts = partsOf(event);
  const option = hit(event, `${ROW} [role=option]`);
  if (parts && option) {
    event.preventDefault();
    fill(parts, option);
    open(parts, false);
    parts.input.focus();
  } else if (parts && event.target === parts.input) open(parts, true);
});

document.addEventListener("click", (event) => {
  const button = hit(event, `${ROW} [data-say]`);
  const parts = partsOf(event);
  if (button && parts) say(parts.row, button.dataset.say ?? "", parts.input.dataset.product ?? "");
});

document.addEventListener("focusout", (event) => {
  const parts = partsOf(event);
  if (parts && event.target === parts.input) open(parts, false);
});
