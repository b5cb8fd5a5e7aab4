// A list keeps its place: who comes back to it by the path above a page finds the filters, and where they had scrolled to.
const KEY = "zveno:place:";

interface Place {
  query: string;
  scroll: number;
}

const read = (path: string): Place | null => {
  const kept = sessionStorage.getItem(KEY + path);
  return kept ? (JSON.parse(kept) as Place) : null;
};

const isList = (): boolean => document.querySelector("form[data-filters]") !== null;

window.addEventListener("pagehide", () => {
  if (!isList()) return;
  sessionStorage.setItem(KEY + location.pathname, JSON.stringify({ query: location.search, scroll: window.scrollY }));
});

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>(".z-crumbs a") : null;
  const place = link && !link.search ? read(link.pathname) : null;
  if (!link || !place) return;
  link.search = place.query;
  sessionStorage.setItem(`${KEY}back`, link.pathname);
});

if (sessionStorage.getItem(`${KEY}back`) === location.pathname) {
  const place = read(location.pathname);
  if (place && place.query === location.search) window.scrollTo(0, place.scroll);
}
sessionStorage.removeItem(`${KEY}back`);
