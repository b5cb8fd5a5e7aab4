// Native dialogs: `data-open="#id"` opens, `data-close` closes, a press on the backdrop closes, htmx content opens itself.
import { hit, onEach } from "./dom";

document.addEventListener("click", (event) => {
  const opener = hit(event, "[data-open]");
  if (opener) {
    document.querySelector<HTMLDialogElement>(opener.dataset.open ?? "")?.showModal();
    return;
  }
  if (hit(event, "[data-close]")) {
    hit<HTMLDialogElement>(event, "dialog")?.close();
    return;
  }
  if (event.target instanceof HTMLDialogElement && event.target.matches(".z-dialog")) {
    const box = event.target.getBoundingClientRect();
    const outside =
      event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
    if (outside && event.clientX + event.clientY > 0) event.target.close();
  }
});

onEach<HTMLDialogElement>("dialog[data-open-now]", (dialog) => dialog.showModal());
