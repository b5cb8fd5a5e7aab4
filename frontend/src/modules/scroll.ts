// A part that scrolls by itself (`data-keep-scroll`, with an id) keeps its place when htmx brings it anew.
const places = new Map<string, [number, number]>();

document.addEventListener("htmx:beforeSwap", () => {
  for (const part of document.querySelectorAll<HTMLElement>("[data-keep-scroll][id]")) {
    places.set(part.id, [part.scrollLeft, part.scrollTop]);
  }
});

document.addEventListener("htmx:afterSwap", () => {
  for (const [id, [left, top]] of places) document.getElementById(id)?.scrollTo(left, top);
  places.clear();
});
