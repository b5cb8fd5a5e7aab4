// A field that saves itself: posts its value when it changes, and says at the field whether it is kept.
import htmx from "htmx.org";

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const QUIET = 600;
const SHOWN = 1600;
const timers = new WeakMap<Field, number>();
const kept = new WeakMap<Field, string>();

const fieldOf = (event: Event): Field | null =>
  event.target instanceof Element && event.target.matches("[data-save]") ? (event.target as Field) : null;

const valueOf = (field: Field): string =>
  field instanceof HTMLInputElement && field.type === "checkbox" ? String(field.checked) : field.value;

function note(field: Field, text: string): void {
  const id = `${field.id || field.name}-note`;
  let place = field.parentElement?.querySelector<HTMLElement>(".z-cell-note");
  if (!text) {
    place?.remove();
    field.removeAttribute("aria-invalid");
    return;
  }
  if (!place) {
    place = document.createElement("span");
    place.className = "z-cell-note";
    place.setAttribute("role", "alert");
    field.after(place);
  }
  place.id = id;
  place.textContent = text;
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", id);
}

function save(field: Field): void {
  window.clearTimeout(timers.get(field));
  const value = valueOf(field);
  if (kept.get(field) === value || !field.isConnected) return;
  kept.set(field, value);
  field.dataset.state = "saving";
  void htmx.ajax("post", field.dataset.save ?? "", {
    source: field,
    swap: "none",
    values: { [field.name]: value },
  });
}

document.addEventListener("focusin", (event) => {
  const field = fieldOf(event);
  if (field && !kept.has(field)) kept.set(field, valueOf(field));
});

document.addEventListener("input", (event) => {
  const field = fieldOf(event);
  if (!field) return;
  window.clearTimeout(timers.get(field));
  timers.set(field, window.setTimeout(() => save(field), QUIET));
});

document.addEventListener("change", (event) => {
  const field = fieldOf(event);
  if (field) save(field);
});

document.addEventListener("htmx:afterRequest", (event) => {
  const { elt, xhr, successful } = (event as CustomEvent<{ elt: Element; xhr: XMLHttpRequest; successful: boolean }>).detail;
  if (!elt.matches("[data-save]")) return;
  const field = elt as Field;
  const good = successful && xhr.status !== 422;
  field.dataset.state = good ? "saved" : "error";
  if (!good) kept.delete(field);
  const told = xhr.getResponseHeader("Content-Type")?.startsWith("text/plain") ? xhr.responseText.trim() : "";
  note(field, good ? "" : told || (document.querySelector<HTMLMetaElement>('meta[name="zveno-words"]')?.dataset.unsaved ?? ""));
  if (!good) return;
  if (field instanceof HTMLInputElement && field.type !== "checkbox") field.defaultValue = field.value;
  window.setTimeout(() => {
    if (field.dataset.state === "saved") delete field.dataset.state;
  }, SHOWN);
});
