// Keeps "2 minutes ago" true while the page stays open.
const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];

function tell(format: Intl.RelativeTimeFormat, seconds: number): string {
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return format.format(-Math.trunc(seconds / size), unit);
  }
  return format.format(0, "second");
}

function refresh(): void {
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
  for (const place of document.querySelectorAll<HTMLTimeElement>("time[data-ago]")) {
    const seconds = (Date.now() - Date.parse(place.dateTime)) / 1000;
    if (Math.abs(seconds) < 86400 * 7) place.textContent = tell(format, seconds);
  }
}

window.setInterval(() => {
  if (!document.hidden) refresh();
}, 30000);
