// Charts: the data comes as JSON in the page, the drawing follows the theme, the language and the width.
import { onEach } from "./modules/dom";
import { drawChart } from "./charts/draw";

onEach<HTMLElement>("[data-chart]", drawChart);
