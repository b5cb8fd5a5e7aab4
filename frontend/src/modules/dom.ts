/** The nearest element at or above the event's target that matches `selector`. */
export function hit<T extends HTMLElement = HTMLElement>(event: Event, selector: string): T | null {
  return event.target instanceof Element ? event.target.closest<T>(selector) : null;
}

/** Calls `run` for each element matching `selector`, now and in everything htmx brings in later. */
export function onEach<T extends HTMLElement>(selector: string, run: (element: T) => void): void {
  const seen = new WeakSet<T>();
  const visit = (root: ParentNode): void => {
    const found = [...root.querySelectorAll<T>(selector)];
    if (root instanceof HTMLElement && root.matches(selector)) found.unshift(root as T);
    for (const element of found) {
      if (seen.has(element)) continue;
      seen.add(element);
      run(element);
    }
  };
  document.addEventListener("htmx:load", (event) => visit(event.target as HTMLElement));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => visit(document));
  else visit(document);
}

/** A translated phrase that the page carries in `<meta name="zveno-words" data-…>`. */
export function phrase(key: string): string {
  return document.querySelector<HTMLMetaElement>('meta[name="zveno-words"]')?.dataset[key] ?? "";
}

/** The page's token against forged requests. */
export function csrfToken(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
}
