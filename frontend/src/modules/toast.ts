// A note at the foot of the page with one way back. The server sends it as an HX-Trigger event `zveno:undo`.
import htmx from "htmx.org";

import { csrfToken, phrase } from "./dom";

const STAYS = 8000;

export interface Toast {
  text: string;
  /** Address that takes the act back by POST. */
  undo?: string;
  /** What the answer replaces; without it the page is loaded anew. */
  target?: string;
}

export function toast({ text, undo, target }: Toast): void {
  const place = document.querySelector("#toasts");
  if (!place || !text) return;
  const note = document.createElement("div");
  note.className = "z-toast";
  note.append(text);
  let timer = window.setTimeout(() => note.remove(), STAYS);
  note.addEventListener("pointerenter", () => window.clearTimeout(timer));
  note.addEventListener("pointerleave", () => (timer = window.setTimeout(() => note.remove(), STAYS)));
  if (undo) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = phrase("undo");
    button.addEventListener("click", () => {
      note.remove();
      if (target) void htmx.ajax("post", undo, { target, swap: "outerHTML" });
      else void fetch(undo, { method: "POST", headers: { "X-CSRFToken": csrfToken() } }).then(() => location.reload());
    });
    note.append(button);
  }
  place.append(note);
}

for (const name of ["zveno:undo", "zveno:note"]) {
  document.addEventListener(name, (event) => toast((event as CustomEvent<Toast>).detail));
}
