/** What the server puts into `<script type="application/json">` (zveno.ui.charts.Chart). */
export interface Series {
  name: string;
  values: (number | null)[];
  /** 1–6: the same colour for the same thing everywhere. */
  colour: number;
  kind: "line" | "bar";
  dashed: boolean;
}

export interface ChartData {
  labels: string[];
  series: Series[];
  stacked: boolean;
  /** Written after a figure: ₽, шт. */
  unit: string;
  digits: number;
}

export function readData(figure: HTMLElement): ChartData | null {
  const source = figure.querySelector('script[type="application/json"]');
  return source?.textContent ? (JSON.parse(source.textContent) as ChartData) : null;
}
