// A table one types into as into a spreadsheet. One listener for the whole sheet, so five hundred lines cost what one does.
import htmx from "htmx.org";

import { hit } from "./dom";

type Cell = HTMLInputElement | HTMLSelectElement;

const CELL = "[data-sheet] [data-cell]";

function focusCell(cell: Cell | null | undefined): boolean {
  if (!cell) return false;
  cell.focus();
  if (cell instanceof HTMLInputElement) cell.select();
  cell.scrollIntoView({ block: "nearest" });
  return true;
}

/** The cell of the same column in the next row (`step` 1) or the one before (-1) that has it. */
function inColumn(cell: Cell, step: 1 | -1): Cell | null {
  const name = CSS.escape(cell.dataset.cell ?? "");
  let row = cell.closest("tr");
  while (row) {
    row = (step > 0 ? row.nextElementSibling : row.previousElementSibling) as HTMLTableRowElement | null;
    const found = row?.querySelector<Cell>(`[data-cell="${name}"]:not(:disabled)`);
    if (found) return found;
  }
  return null;
}

function inRow(cell: Cell, step: 1 | -1): Cell | undefined {
  const cells = [...(cell.closest("tr")?.querySelectorAll<Cell>("[data-cell]:not(:disabled)") ?? [])];
  return cells[cells.indexOf(cell) + step];
}

/** True when an arrow to that side would leave the text rather than move within it. */
function atEdge(cell: Cell, step: 1 | -1): boolean {
  if (!(cell instanceof HTMLInputElement) || cell.selectionStart === null) return true;
  const { selectionStart: start, selectionEnd: end, value } = cell;
  if (value.length > 0 && start === 0 && end === value.length) return true;
  return step > 0 ? start === value.length : end === 0;
}

document.addEventListener("keydown", (event) => {
  const cell = hit<Cell>(event, CELL);
  if (!cell || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const vertical = cell instanceof HTMLInputElement;
  let moved = false;
  if (event.key === "Enter") {
    event.preventDefault();
    moved = focusCell(inColumn(cell, event.shiftKey ? -1 : 1));
    if (!moved) cell.dispatchEvent(new Event("change", { bubbles: true }));
    if (!moved && !event.shiftKey) {
      moved = focusCell(cell.closest("[data-sheet]")?.querySelector<Cell>("[data-new-line]"));
    }
  } else if (vertical && event.key === "ArrowDown") moved = focusCell(inColumn(cell, 1));
  else if (vertical && event.key === "ArrowUp") moved = focusCell(inColumn(cell, -1));
  else if (event.key === "ArrowRight" && atEdge(cell, 1)) moved = focusCell(inRow(cell, 1));
  else if (event.key === "ArrowLeft" && atEdge(cell, -1)) moved = focusCell(inRow(cell, -1));
  else if (event.key === "Escape" && cell instanceof HTMLInputElement) {
    cell.value = cell.defaultValue;
    cell.select();
  }
  if (moved) event.preventDefault();
});

// A block copied from a spreadsheet goes to the server whole; a single value is pasted as usual, without its line end.
document.addEventListener("paste", (event) => {
  const cell = hit<Cell>(event, "[data-cell], [data-paste]");
  const sheet = hit(event, "[data-paste-url]");
  if (!cell || !sheet) return;
  const text = (event.clipboardData?.getData("text/plain") ?? "").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
  if (!/[\t\n]/.test(text)) return;
  event.preventDefault();
  void htmx.ajax("post", sheet.dataset.pasteUrl ?? "", {
    source: sheet,
    target: sheet.dataset.pasteTarget ?? sheet,
    swap: (sheet.dataset.pasteSwap ?? "outerHTML") as "outerHTML",
    values: { text, cell: cell.dataset.cell ?? "", row: cell.closest<HTMLElement>("[data-row]")?.dataset.row ?? "" },
  });
});
