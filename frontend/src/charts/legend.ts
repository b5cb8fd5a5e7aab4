import type { ChartData } from "./data";

const SVG = "http://www.w3.org/2000/svg";

/** Buttons in the figure's caption that hide and show a series. */
export function addLegend(figure: HTMLElement, data: ChartData, hidden: Set<string>, draw: () => void): void {
  const place = figure.querySelector<HTMLElement>(".z-legend");
  if (!place || data.series.length < 2) return;
  for (const series of data.series) {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-pressed", "true");
    const sign = document.createElementNS(SVG, "svg");
    sign.setAttribute("viewBox", "0 0 10 10");
    sign.setAttribute("aria-hidden", "true");
    const square = document.createElementNS(SVG, "rect");
    square.setAttribute("width", "10");
    square.setAttribute("height", "10");
    square.setAttribute("rx", "2");
    square.setAttribute("class", `z-series-${series.colour}`);
    sign.append(square);
    button.append(sign, series.name);
    button.addEventListener("click", () => {
      if (hidden.has(series.name)) hidden.delete(series.name);
      else hidden.add(series.name);
      button.setAttribute("aria-pressed", String(!hidden.has(series.name)));
      draw();
    });
    place.append(button);
  }
}
