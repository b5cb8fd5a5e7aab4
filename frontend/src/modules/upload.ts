// A form with a file: drop it anywhere on the field, see how much has gone, land where the server says.
import { hit, onEach, phrase } from "./dom";

onEach<HTMLFormElement>("form[data-upload]", (form) => {
  const field = form.querySelector<HTMLInputElement>("input[type=file]");
  const drop = form.querySelector<HTMLElement>(".z-drop");
  const bar = form.querySelector<HTMLProgressElement>("progress");
  const told = form.querySelector<HTMLElement>("[data-upload-name]");
  if (!field || !drop) return;

  const chosen = (): void => {
    if (told) told.textContent = [...(field.files ?? [])].map((file) => file.name).join(", ");
    if (field.files?.length && form.hasAttribute("data-upload-now")) form.requestSubmit();
  };
  field.addEventListener("change", chosen);
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.dataset.over = "";
    });
  }
  drop.addEventListener("dragleave", () => delete drop.dataset.over);
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    delete drop.dataset.over;
    if (!event.dataTransfer?.files.length) return;
    field.files = event.dataTransfer.files;
    chosen();
  });

  form.addEventListener("submit", (event) => {
    if (!field.files?.length || !bar) return;
    event.preventDefault();
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.upload.addEventListener("progress", (step) => {
      bar.hidden = false;
      bar.max = step.total;
      bar.value = step.loaded;
    });
    request.addEventListener("load", () => {
      if (request.status < 400) return location.assign(request.responseURL || location.href);
      bar.hidden = true;
      if (told) told.textContent = request.status === 413 ? phrase("large") : phrase("failed");
    });
    request.addEventListener("error", () => {
      bar.hidden = true;
      if (told) told.textContent = phrase("offline");
    });
    request.send(new FormData(form));
  });
});

// A file that misses the field must not replace the page.
for (const name of ["dragover", "drop"]) {
  document.addEventListener(name, (event) => {
    if (document.querySelector("form[data-upload]") && !hit(event, ".z-drop")) event.preventDefault();
  });
}
