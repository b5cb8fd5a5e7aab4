// A field that the server marks with `data-focus` is the next to type into; what it holds is replaced by typing.
import { onEach } from "./dom";

onEach<HTMLInputElement>("input[data-focus]", (field) => {
  field.focus();
  field.select();
  field.scrollIntoView({ block: "nearest" });
});

document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-print]")) window.print();
});

// `<button data-drop="tr">` takes its row off the page: nothing of it is kept anywhere.
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-drop]") : null;
  button?.closest(button.dataset.drop ?? "tr")?.remove();
});
