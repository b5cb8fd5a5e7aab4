// Keys that work on every page: `/` to search, `?` for the list of keys, and keys that a control asks for with data-key.
const TYPING = "input:not([type=checkbox]):not([type=radio]):not([type=submit]), textarea, select, [contenteditable]";

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target as Element;
  if (target.matches(TYPING) || document.querySelector("dialog[open]")) return;
  if (event.key === "/" || event.key === ".") {
    const search = document.querySelector<HTMLInputElement>("[data-search]");
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
    return;
  }
  if (event.key === "?" || event.key === ",") {
    const keys = document.querySelector<HTMLDialogElement>("#keys");
    if (!keys || (event.key === "," && !event.shiftKey)) return;
    event.preventDefault();
    keys.showModal();
    return;
  }
  const wanted = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.code)}"]`);
  if (!wanted || !wanted.checkVisibility()) return;
  event.preventDefault();
  wanted.focus();
  wanted.click();
});
