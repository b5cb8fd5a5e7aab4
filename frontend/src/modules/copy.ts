// `data-copy="text"` puts the text on the clipboard and says so in its own label for a moment.
import { hit, phrase } from "./dom";

document.addEventListener("click", (event) => {
  const button = hit(event, "[data-copy]");
  if (!button || !navigator.clipboard) return;
  void navigator.clipboard.writeText(button.dataset.copy ?? "").then(() => {
    const before = button.getAttribute("aria-label");
    button.dataset.copied = "";
    button.setAttribute("aria-label", phrase("copied"));
    window.setTimeout(() => {
      delete button.dataset.copied;
      if (before === null) button.removeAttribute("aria-label");
      else button.setAttribute("aria-label", before);
    }, 1500);
  });
});
