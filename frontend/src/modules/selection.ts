// Choosing rows: a box in the head chooses all, Shift chooses a range, the bar of actions shows while something is chosen.
import { hit } from "./dom";

let last: HTMLInputElement | null = null;

function show(list: HTMLElement): void {
  const boxes = [...list.querySelectorAll<HTMLInputElement>("[data-choose]")];
  const chosen = boxes.filter((box) => box.checked);
  for (const box of boxes) box.closest("tr")?.setAttribute("aria-selected", String(box.checked));
  const all = list.querySelector<HTMLInputElement>("[data-choose-all]");
  if (all) {
    all.checked = boxes.length > 0 && chosen.length === boxes.length;
    all.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
  }
  for (const bar of list.querySelectorAll<HTMLElement>("[data-chosen]")) bar.hidden = chosen.length === 0;
  for (const count of list.querySelectorAll<HTMLElement>("[data-chosen-count]")) count.textContent = String(chosen.length);
}

document.addEventListener("click", (event) => {
  const box = hit<HTMLInputElement>(event, "[data-choose]");
  const list = hit(event, "[data-selection]");
  if (!box || !list) return;
  const boxes = [...list.querySelectorAll<HTMLInputElement>("[data-choose]")];
  if ((event as MouseEvent).shiftKey && last && boxes.includes(last)) {
    const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
    for (const other of boxes.slice(from, (to ?? 0) + 1)) other.checked = box.checked;
  }
  last = box;
  show(list);
});

document.addEventListener("change", (event) => {
  const all = hit<HTMLInputElement>(event, "[data-choose-all]");
  const list = hit(event, "[data-selection]");
  if (!all || !list) return;
  for (const box of list.querySelectorAll<HTMLInputElement>("[data-choose]")) box.checked = all.checked;
  show(list);
});
