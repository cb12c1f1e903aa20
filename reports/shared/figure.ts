import { LAYOUTS } from './charts/layout.ts';
import type { Layout } from './charts/layout.ts';
import type { Shape } from './charts/shapes.ts';
import { markup, nothing } from './markup.ts';
import type { Markup } from './markup.ts';
import type { Colour } from './palette.ts';

export interface Figure {
  /** One sentence: what the picture shows, with its numbers. */
  readonly sentence: string;
  readonly legend?: readonly LegendEntry[];
  readonly draw: (layout: Layout) => Markup;
}

/** What a colour, and a shape where colour alone would have to say it, stands for. */
export interface LegendEntry {
  readonly label: string;
  readonly colour: Colour;
  readonly shape?: Shape;
}

/** A picture in both layouts with its legend and its sentence. */
export function writeFigure(figure: Figure): Markup {
  return markup`<figure>
${figure.legend === undefined ? nothing : writeLegend(figure.legend)}${LAYOUTS.map(
    (layout) => markup`<div class="${`chart ${layout.name}`}">${figure.draw(layout)}</div>
`,
  )}<figcaption>${figure.sentence}</figcaption>
</figure>
`;
}

function writeLegend(legend: readonly LegendEntry[]): Markup {
  return markup`<ul class="legend">${legend.map(writeEntry)}</ul>
`;
}

function writeEntry({ label, colour, shape }: LegendEntry): Markup {
  const name = shape === undefined ? 'swatch' : `swatch ${shape}`;
  return markup`<li><span class="${name}" style="${`--swatch:var(--${colour})`}"></span>${label}</li>`;
}
