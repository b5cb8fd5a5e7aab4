// A form of filters that applies itself: choices at once, typing after a pause; empty fields stay out of the address.
const QUIET = 300;
let timer = 0;

function apply(form: HTMLFormElement): void {
  window.clearTimeout(timer);
  form.requestSubmit();
}

document.addEventListener("change", (event) => {
  const field = event.target as HTMLInputElement;
  if (field.form?.matches("form[data-filters]") && !field.matches("[type=search], [type=text]")) apply(field.form);
});

document.addEventListener("input", (event) => {
  const field = event.target as HTMLInputElement;
  const form = field.form;
  if (!form?.matches("form[data-filters]") || !field.matches("[type=search], [type=text]")) return;
  window.clearTimeout(timer);
  timer = window.setTimeout(() => apply(form), QUIET);
});

document.addEventListener("formdata", (event) => {
  const form = event.target as HTMLFormElement;
  if (!form.matches("form[data-filters]")) return;
  const { formData } = event as FormDataEvent;
  for (const [name, value] of [...formData.entries()]) if (value === "") formData.delete(name);
});

document.addEventListener("htmx:configRequest", (event) => {
  const { elt, parameters } = (event as CustomEvent<{ elt: Element; parameters: Record<string, unknown> }>).detail;
  if (!elt.matches("form[data-filters]")) return;
  for (const [name, value] of Object.entries(parameters)) if (value === "") delete parameters[name];
});
