// Suggestions by the ARIA combobox pattern. The server answers with role=option elements; arrows choose, Enter takes.
import htmx from "htmx.org";

import { hit } from "./dom";

const QUIET = 160;
const timers = new WeakMap<HTMLInputElement, number>();
const asked = new WeakMap<HTMLInputElement, number>();

interface Parts {
  root: HTMLElement;
  input: HTMLInputElement;
  list: HTMLElement;
}

function partsOf(event: Event): Parts | null {
  const root = hit(event, "[data-combobox]");
  const input = root?.querySelector<HTMLInputElement>("[role=combobox]");
  const list = root?.querySelector<HTMLElement>("[role=listbox]");
  return root && input && list ? { root, input, list } : null;
}

const optionsOf = (list: HTMLElement): HTMLElement[] => [...list.querySelectorAll<HTMLElement>("[role=option]")];
const chosenOf = (list: HTMLElement): HTMLElement | null => list.querySelector("[role=option][aria-selected=true]");

function shut({ input, list }: Parts): void {
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function choose({ input, list }: Parts, option: HTMLElement | undefined): void {
  chosenOf(list)?.setAttribute("aria-selected", "false");
  if (!option) return input.removeAttribute("aria-activedescendant");
  option.setAttribute("aria-selected", "true");
  input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

async function ask(parts: Parts): Promise<void> {
  const { root, input, list } = parts;
  const typed = input.value.trim();
  const least = Number(root.dataset.least ?? "1");
  if (typed.length < least) return shut(parts);
  const turn = (asked.get(input) ?? 0) + 1;
  asked.set(input, turn);
  const address = new URL(root.dataset.url ?? "", location.href);
  address.searchParams.set(root.dataset.param ?? "q", typed);
  const answer = await fetch(address, { headers: { "HX-Request": "true" }, credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok || asked.get(input) !== turn || document.activeElement !== input) return;
  list.innerHTML = await answer.text();
  optionsOf(list).forEach((option, at) => {
    option.id ||= `${list.id}-${at}`;
    option.setAttribute("aria-selected", "false");
  });
  list.hidden = !list.childElementCount;
  input.setAttribute("aria-expanded", String(!list.hidden));
  if (root.hasAttribute("data-first")) choose(parts, optionsOf(list)[0]);
}

/** Takes an option: goes to its address, or fills the field, or posts it, as the combobox says. */
function take(parts: Parts, option: HTMLElement | null): void {
  const { root, input } = parts;
  const value = option?.dataset.value ?? "";
  const text = option ? (option.dataset.text ?? option.textContent?.trim() ?? "") : input.value;
  shut(parts);
  if (option?.dataset.href) return location.assign(option.dataset.href);
  input.value = text;
  const hidden = root.querySelector<HTMLInputElement>("input[type=hidden]");
  if (hidden) hidden.value = value;
  root.dispatchEvent(new CustomEvent("zveno:pick", { bubbles: true, detail: { value, text } }));
  if (!root.dataset.pickUrl) {
    (hidden ?? input).dispatchEvent(new Event("change", { bubbles: true }));
    return;
  }
  const target = root.dataset.pickTarget ?? "body";
  const swap = (root.dataset.pickSwap ?? "none") as "none";
  void htmx.ajax("post", root.dataset.pickUrl, { source: root, target, swap, values: { value, text } });
  input.value = "";
}

document.addEventListener("input", (event) => {
  const parts = partsOf(event);
  if (!parts || event.target !== parts.input) return;
  const hidden = parts.root.querySelector<HTMLInputElement>("input[type=hidden]");
  if (hidden) hidden.value = "";
  window.clearTimeout(timers.get(parts.input));
  timers.set(parts.input, window.setTimeout(() => void ask(parts), QUIET));
});

// In the capture phase, so that an open list has Enter and the arrows before the sheet does.
document.addEventListener(
  "keydown",
  (event) => {
    const parts = partsOf(event);
    if (!parts || event.target !== parts.input) return;
    const { root, input, list } = parts;
    const open = !list.hidden;
    const options = optionsOf(list);
    const chosen = chosenOf(list);
    const at = chosen ? options.indexOf(chosen) : -1;
    const stop = (): void => {
      event.preventDefault();
      event.stopPropagation();
    };
    if (event.key === "ArrowDown" && !open && input.value.trim()) {
      stop();
      void ask(parts);
    } else if (open && event.key === "ArrowDown") {
      stop();
      choose(parts, options[(at + 1) % options.length]);
    } else if (open && event.key === "ArrowUp") {
      stop();
      choose(parts, options[(at - 1 + options.length) % options.length]);
    } else if (open && event.key === "Escape") {
      stop();
      shut(parts);
    } else if (event.key === "Enter" && open && chosen) {
      stop();
      take(parts, chosen);
    } else if (event.key === "Enter" && root.dataset.pickUrl && input.value.trim()) {
      stop();
      take(parts, null);
    } else if (event.key === "Tab") {
      shut(parts);
    }
  },
  true,
);

document.addEventListener("pointerdown", (event) => {
  const parts = partsOf(event);
  const option = hit(event, "[data-combobox] [role=option]");
  if (parts && option) {
    event.preventDefault();
    take(parts, option);
  }
});

document.addEventListener("focusout", (event) => {
  const parts = partsOf(event);
  if (parts && !parts.root.contains(event.relatedTarget as Node | null)) shut(parts);
});
