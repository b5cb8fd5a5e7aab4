// Menus are <details class="z-menu">: one open at a time, closed by Escape or a press outside, walked with arrows.
const OPEN = "details.z-menu[open], details.z-why[open]";

function close(menu: HTMLDetailsElement, refocus: boolean): void {
  menu.open = false;
  if (refocus) menu.querySelector<HTMLElement>("summary")?.focus();
}

document.addEventListener("pointerdown", (event) => {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>(OPEN)) {
    if (!menu.contains(event.target as Node)) close(menu, false);
  }
});

document.addEventListener("focusin", (event) => {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>(OPEN)) {
    if (!menu.contains(event.target as Node)) close(menu, false);
  }
});

document.addEventListener("keydown", (event) => {
  const menu = (event.target as Element).closest<HTMLDetailsElement>(OPEN);
  if (!menu) return;
  if (event.key === "Escape") {
    event.preventDefault();
    close(menu, true);
    return;
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  if ((event.target as Element).matches("select, textarea, [role=combobox]")) return;
  const stops = [...menu.querySelectorAll<HTMLElement>("a[href], button, input")].filter((stop) => stop.offsetParent);
  if (!stops.length) return;
  event.preventDefault();
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const next = event.key === "ArrowDown" ? at + 1 : at - 1;
  stops[(next + stops.length) % stops.length]?.focus();
});

// `<input data-narrow>` in a menu leaves only the choices that hold what is typed.
document.addEventListener("input", (event) => {
  const field = event.target as HTMLInputElement;
  if (!field.matches("input[data-narrow]")) return;
  const sought = field.value.trim().toLocaleLowerCase();
  for (const choice of field.closest(".z-float")?.querySelectorAll<HTMLElement>(".z-choice") ?? []) {
    choice.hidden = !!sought && !(choice.textContent ?? "").toLocaleLowerCase().includes(sought);
  }
});
