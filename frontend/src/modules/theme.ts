// Light, dark or as the device: changes at once, is kept by the server.
import { csrfToken, hit } from "./dom";

document.addEventListener("submit", (event) => {
  const form = hit<HTMLFormElement>(event, "form[data-theme-form]");
  const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
  if (!form || !button || button.name !== "theme") return;
  event.preventDefault();
  document.documentElement.setAttribute("data-bs-theme", button.value);
  for (const other of form.querySelectorAll<HTMLButtonElement>('button[name="theme"]')) {
    other.setAttribute("aria-pressed", String(other === button));
  }
  document.dispatchEvent(new CustomEvent("zveno:theme"));
  const body = new FormData(form);
  body.set("theme", button.value);
  void fetch(form.action, { method: "POST", body, headers: { "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch" } });
});
