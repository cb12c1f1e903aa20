import { BarChart, LineChart, SankeyChart, ScatterChart } from 'echarts/charts.js';
import { GridComponent, TitleComponent } from 'echarts/components.js';
import { init, use } from 'echarts/core.js';
import type { EChartsCoreOption } from 'echarts/core.js';
import { SVGRenderer } from 'echarts/renderers.js';
import { escapeAttribute } from '../escape.ts';
import { trustMarkup } from '../markup.ts';
import type { Markup } from '../markup.ts';

// A new kind of chart is one line more in this list.
use([BarChart, LineChart, SankeyChart, ScatterChart, GridComponent, TitleComponent, SVGRenderer]);

/** One picture at one size. `id` is unique on its page; `title` says to a reader who cannot see it what it shows. */
export interface Drawing {
  readonly id: string;
  readonly title: string;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly option: EChartsCoreOption;
}

/**
 * Draws a chart as inline SVG that scales with its box and takes its colours and font from the page.
 * The same drawing gives the same bytes: nothing in it moves, reacts, refers to the outside or is numbered by chance.
 */
export function drawChart(drawing: Drawing): Markup {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: drawing.widthPx, height: drawing.heightPx });
  try {
    chart.setOption({ ...drawing.option, animation: false, textStyle: { fontFamily: 'inherit', fontSize: 13 } });
    return trustMarkup(settle(chart.renderToSVGString(), drawing));
  } finally {
    // An instance that is not disposed keeps a timer, and the process, alive.
    chart.dispose();
  }
}

/** Takes out what only a live page needs (hover styles, data attributes, numbered ids) and names the picture. */
function settle(svg: string, drawing: Drawing): string {
  const drawn = svg
    .replace(/^<svg [^>]*>\n<rect [^>]*><\/rect>\n/, '')
    .replace(/<style ?>.*?<\/style>\n?/gs, '')
    // A line is clipped to its grid, which it never leaves.
    .replace(/<defs ?>.*?<\/defs>\n?/gs, '')
    .replace(/ clip-path="[^"]*"/g, '')
    .replace(/ ecmeta_\w+="[^"]*"/g, '')
    .replace(/ (?:class="zr[^"]*"|pointer-events="\w+")/g, '')
    .replace(/(id="|url\(#)zr\d+-/g, `$1${drawing.id}-`);
  const { widthPx, heightPx, title } = drawing;
  return `<svg viewBox="0 0 ${widthPx} ${heightPx}" width="${widthPx}" height="${heightPx}" role="img" aria-label="${escapeAttribute(title)}">\n${drawn}`;
}
