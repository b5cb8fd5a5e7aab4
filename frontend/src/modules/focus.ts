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
