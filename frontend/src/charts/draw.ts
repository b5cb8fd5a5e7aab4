import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";

import { type ChartData, readData, type Series } from "./data";
import { addLegend } from "./legend";
import { readPalette, type Palette } from "./palette";

echarts.use([BarChart, LineChart, GridComponent, TooltipComponent, LabelLayout, CanvasRenderer]);

type Point = { seriesName: string; name: string; value: number | null; color: string };

// Distance and padding of the label at a line's end.
const END_LABEL_SPACE = 16;

const locale = (): string => document.documentElement.lang || "en";

const pen = document.createElement("canvas").getContext("2d");

function textWidth(text: string, palette: Palette): number {
  if (!pen) return text.length * 8;
  pen.font = `12px ${palette.font}`;
  return pen.measureText(text).width;
}

function seriesOption(series: Series, data: ChartData, palette: Palette, hidden: Set<string>): object {
  const colour = palette.series[(series.colour - 1) % palette.series.length];
  const shared = { name: series.name, data: hidden.has(series.name) ? [] : series.values, itemStyle: { color: colour } };
  if (series.kind === "bar") {
    return { ...shared, type: "bar", barMaxWidth: 36, emphasis: { disabled: true }, ...(data.stacked ? { stack: "all" } : {}) };
  }
  return {
    ...shared,
    type: "line",
    showSymbol: series.values.length < 3,
    symbol: "circle",
    symbolSize: 5,
    emphasis: { disabled: true },
    lineStyle: { width: 2, color: colour, type: series.dashed ? "dashed" : "solid" },
    // Direct labels before legends: the line carries its name where it ends.
    endLabel: { show: data.series.length > 1, formatter: "{a}", color: palette.text, fontSize: 12, distance: 6, backgroundColor: palette.surface, padding: [1, 3] },
    labelLayout: { moveOverlap: "shiftY" },
  };
}

function option(data: ChartData, palette: Palette, hidden: Set<string>, width: number): Record<string, unknown> {
  const exact = new Intl.NumberFormat(locale(), { maximumFractionDigits: data.digits, minimumFractionDigits: data.digits });
  const short = new Intl.NumberFormat(locale(), { notation: "compact", maximumFractionDigits: 1 });
  const lines = data.series.filter((series) => series.kind === "line");
  const endLabels = lines.length > 1 ? Math.max(...lines.map((series) => textWidth(series.name, palette))) + END_LABEL_SPACE : 0;
  return {
    animation: false,
    textStyle: { fontFamily: palette.font, color: palette.text },
    grid: { left: 4, right: Math.min(Math.max(endLabels, 12), width / 3), top: 12, bottom: 4, containLabel: true },
    tooltip: {
      trigger: "axis",
      // Drawn on the canvas: markup with style attributes is against the page's policy.
      renderMode: "richText",
      confine: true,
      backgroundColor: palette.surface,
      borderColor: palette.line,
      textStyle: { color: palette.text, fontSize: 12 },
      axisPointer: { type: "line", lineStyle: { color: palette.line } },
      formatter: (points: Point[]) =>
        [points[0]?.name ?? "", ...points.map((at) => `${at.seriesName}  ${at.value == null ? "—" : exact.format(at.value)} ${data.unit}`)].join("\n"),
    },
    xAxis: {
      type: "category",
      data: data.labels,
      boundaryGap: data.series.some((series) => series.kind === "bar"),
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
      axisLabel: { color: palette.muted, fontSize: 12, hideOverlap: true },
    },
    yAxis: {
      type: "value",
      scale: false,
      splitNumber: 4,
      splitLine: { lineStyle: { color: palette.grid } },
      axisLabel: { color: palette.muted, fontSize: 12, formatter: (value: number) => short.format(value) },
    },
    series: data.series.map((series) => seriesOption(series, data, palette, hidden)),
  };
}

export function drawChart(figure: HTMLElement): void {
  const plot = figure.querySelector<HTMLElement>(".z-plot");
  const data = readData(figure);
  if (!plot || !data) return;
  const chart = echarts.init(plot);
  const hidden = new Set<string>();
  const draw = (): void => chart.setOption(option(data, readPalette(figure), hidden, plot.clientWidth), { notMerge: true });
  draw();
  addLegend(figure, data, hidden, draw);
  new ResizeObserver(() => {
    chart.resize();
    draw();
  }).observe(plot);
  document.addEventListener("zveno:theme", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}
