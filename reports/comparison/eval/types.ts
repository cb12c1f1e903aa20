import type { ComparedSuite } from '../../../schemas/eval-comparison.ts';
import { showValue } from '../../shared/bench-values.ts';
import { drawHeatMap, type HeatCell } from '../../shared/charts/heat-map.ts';
import type { Figure } from '../../shared/figure.ts';
import { formatAmount } from '../../shared/format.ts';
import type { ReportSection } from '../../shared/sectioned-report.ts';
import { makeTable } from '../../shared/table.ts';
import { measured } from '../../shared/measured-columns.ts';
import type { SuiteView } from './suite-view.ts';

type Cell = ComparedSuite['by_type'][number];

const TYPES_DRAWN = 20;
const FEW = 30;

/** One kind of question in one metric, by arm. */
interface Row {
  readonly type: string;
  readonly metric: string;
  readonly cells: ReadonlyMap<string, Cell>;
}

/** What the arms came to on each kind of question: the heat map of the headline metric, and a table of every metric. */
export function typesSection({ suite, id, name, suffix }: SuiteView): ReportSection {
  const rows = rowsOf(suite);
  const ofHeadline = rows.filter(({ metric }) => metric === suite.headline);
  return {
    id: `${id}types`,
    title: `By type of question${suffix}`,
    lead: `Fewer than ${FEW} questions say little, and no difference within a type was tested.`,
    figure: heatMap(suite, ofHeadline, id),
    table: makeTable<Row>({
      name: `${name}types`,
      caption: 'Means by type of question',
      whenEmpty: 'Questions have no types.',
      rows: [...ofHeadline, ...rows.filter(({ metric }) => metric !== suite.headline)],
      rowsShown: Math.max(1, ofHeadline.length),
      columns: [
        { name: 'type', title: 'Type', kind: 'name', value: (row) => row.type },
        { name: 'metric', title: 'Metric', kind: 'word', value: (row) => row.metric },
        { name: 'n', title: 'Questions', kind: 'value', audience: 'people', value: tellCount },
        ...suite.arms.flatMap((arm) => [
          ...measured<Row>(arm, arm, ({ cells }) => cells.get(arm)?.mean ?? null),
          {
            name: `n ${arm}`,
            title: 'n',
            kind: 'number' as const,
            audience: 'programs' as const,
            value: ({ cells }: Row) => cells.get(arm)?.n ?? 0,
          },
        ]),
      ],
    }),
  };
}

function rowsOf({ by_type }: ComparedSuite): Row[] {
  const rows = new Map<string, Row & { readonly cells: Map<string, Cell> }>();
  for (const cell of by_type) {
    const key = JSON.stringify([cell.metric, cell.type]);
    const row = rows.get(key) ?? { type: cell.type, metric: cell.metric, cells: new Map<string, Cell>() };
    row.cells.set(cell.arm, cell);
    rows.set(key, row);
  }
  return [...rows.values()];
}

function tellCount({ cells }: Row): string {
  return [...new Set([...cells.values()].map(({ n }) => n))].join(' / ');
}

function heatMap({ arms, headline }: ComparedSuite, rows: readonly Row[], id: string): Figure | undefined {
  if (rows.length === 0) return undefined;
  const drawn = rows.slice(0, TYPES_DRAWN);
  const small = drawn.filter(({ cells }) => [...cells.values()].some(({ n }) => n < FEW)).length;
  const sentence = [
    `${headline} by type of question and arm, in words and as depth of colour.`,
    ...widest(drawn),
    ...(small === 0
      ? []
      : [`${formatAmount(small, 'type')} of ${drawn.length} ${small === 1 ? 'has' : 'have'} fewer than ${FEW} questions.`]),
    ...(rows.length > drawn.length ? [`The first ${drawn.length} of ${rows.length} types are drawn.`] : []),
  ].join(' ');
  return {
    sentence,
    draw: (layout) =>
      drawHeatMap(
        {
          id: `${id}heat`,
          title: sentence,
          columns: arms,
          rows: drawn.map(({ type, cells }) => ({ label: type, cells: arms.map((arm) => drawnCell(cells.get(arm))) })),
        },
        layout,
      ),
  };
}

function drawnCell(cell: Cell | undefined): HeatCell {
  return { value: cell?.mean ?? null, text: showValue(cell?.mean ?? null), note: `n ${cell?.n ?? 0}` };
}

/** Where the arms lie furthest apart; nothing where no type has two of them. */
function widest(rows: readonly Row[]): string[] {
  const spreads = rows.flatMap(({ type, cells }) => {
    const means = [...cells.values()].flatMap(({ arm, mean }) => (mean === null ? [] : [{ arm, mean }]));
    if (means.length < 2) return [];
    means.sort((left, right) => left.mean - right.mean);
    return [{ type, low: means[0]!, high: means.at(-1)! }];
  });
  const [first] = spreads.sort((left, right) => right.high.mean - right.low.mean - (left.high.mean - left.low.mean));
  if (first === undefined || first.high.mean === first.low.mean) return [];
  const { type, low, high } = first;
  return [`The arms lie furthest apart on ${type}: ${low.arm} ${showValue(low.mean)}, ${high.arm} ${showValue(high.mean)}.`];
}
