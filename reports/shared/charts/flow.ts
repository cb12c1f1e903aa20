import { showText } from '../escape.ts';
import { formatNumber, formatPart } from '../format.ts';
import type { Markup } from '../markup.ts';
import { colour } from '../palette.ts';
import type { Colour } from '../palette.ts';
import { drawChart } from './draw.ts';
import type { Layout } from './layout.ts';

/** A place where rows stand. `rows` is what stands there; `of` the number its share refers to. */
export interface FlowNode {
  readonly key: string;
  readonly label: string;
  /** Where there is little room; the label itself where left out. */
  readonly shortLabel?: string;
  readonly rows: number;
  readonly of: number;
  readonly colour: Colour;
}

/** Rows that go from one node to another. */
export interface FlowLink {
  readonly from: string;
  readonly to: string;
  readonly rows: number;
}

export interface Flow {
  readonly id: string;
  readonly title: string;
  readonly nodes: readonly FlowNode[];
  readonly links: readonly FlowLink[];
}

/** Draws rows flowing from left to right, each band as thick as its rows. Nodes and links without rows are left out. */
export function drawFlow(flow: Flow, layout: Layout): Markup {
  const isNarrow = layout.name === 'narrow';
  const nodes = flow.nodes.filter((node) => node.rows > 0);
  const links = flow.links.filter((link) => link.rows > 0);
  const labels = new Map(nodes.map((node) => [node.key, labelOf(node, isNarrow)]));
  return drawChart({
    id: `${flow.id}-${layout.name}`,
    title: flow.title,
    widthPx: layout.widthPx,
    heightPx: isNarrow ? 380 : 300,
    option: {
      series: {
        type: 'sankey',
        silent: true,
        emphasis: { disabled: true },
        left: 1,
        right: isNarrow ? 112 : 250,
        top: 12,
        bottom: 12,
        nodeWidth: 10,
        // Room for two lines of text, so that labels of thin nodes do not meet.
        nodeGap: isNarrow ? 34 : 22,
        // Keeps the nodes of a column in the order they are given.
        layoutIterations: 0,
        label: {
          color: colour('ink'),
          textBorderColor: colour('surface'),
          textBorderWidth: 3,
          lineHeight: 16,
          formatter: ({ name }: { name: string }) => labels.get(name) ?? name,
        },
        lineStyle: { color: 'target', opacity: 0.28, curveness: 0.5 },
        data: nodes.map((node) => ({ name: node.key, itemStyle: { color: colour(node.colour) } })),
        links: links.map((link) => ({ source: link.from, target: link.to, value: link.rows })),
      },
    },
  });
}

function labelOf(node: FlowNode, isNarrow: boolean): string {
  const share = node.rows === node.of ? '' : ` · ${formatPart(node.rows, node.of)}`;
  const label = isNarrow ? (node.shortLabel ?? node.label) : node.label;
  return `${showText(label)}${isNarrow ? '\n' : '   '}${formatNumber(node.rows)}${share}`;
}
