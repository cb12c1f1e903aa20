import { LAYOUTS } from './charts/layout.ts';
import type { Layout } from './charts/layout.ts';
import { markup, nothing } from './markup.ts';
import type { Markup } from './markup.ts';
import type { Colour } from './palette.ts';

export interface Figure {
  /** One sentence: what the picture shows, with its numbers. */
  readonly sentence: string;
  readonly legend?: readonly { readonly label: string; readonly colour: Colour }[];
  readonly draw: (layout: Layout) => Markup;
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

function writeLegend(legend: NonNullable<Figure['legend']>): Markup {
  return markup`<ul class="legend">${legend.map((entry) => markup`<li><span class="swatch" style="${`background:var(--${entry.colour})`}"></span>${entry.label}</li>`)}</ul>
`;
}
