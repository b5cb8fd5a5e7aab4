// `<input data-narrow-rows="#lines">` leaves only the rows of a long table that hold what is typed (every word of it).
const fold = (text: string): string => text.toLocaleLowerCase().replaceAll("ё", "е");

document.addEventListener("input", (event) => {
  const field = event.target as HTMLInputElement;
  const selector = field.dataset.narrowRows;
  if (!selector) return;
  const words = fold(field.value).split(/\s+/).filter(Boolean);
  for (const row of document.querySelectorAll<HTMLTableRowElement>(`${selector} > tr:not(.z-new-line)`)) {
    const text = fold(row.textContent ?? "");
    row.hidden = !words.every((word) => text.includes(word));
  }
});
