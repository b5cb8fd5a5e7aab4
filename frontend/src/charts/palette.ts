/** The page's own colours, resolved for the theme in force. */
export interface Palette {
  series: string[];
  text: string;
  muted: string;
  line: string;
  grid: string;
  surface: string;
  font: string;
}

export function readPalette(place: HTMLElement): Palette {
  const probe = document.createElement("span");
  place.append(probe);
  const colour = (name: string): string => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const palette = {
    series: [1, 2, 3, 4, 5, 6].map((at) => colour(`--z-chart-${at}`)),
    text: colour("--body-color"),
    muted: colour("--secondary"),
    line: colour("--z-line-strong"),
    grid: colour("--border-color"),
    surface: colour("--bg-surface"),
    font: getComputedStyle(place).fontFamily,
  };
  probe.remove();
  return palette;
}
