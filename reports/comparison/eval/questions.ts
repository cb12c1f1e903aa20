import type { ComparedSuite } from '../../../schemas/eval-comparison.ts';
import { showDifference } from '../../shared/bench-values.ts';
import { drawBubblePlot, type Bubble, type BubblePanel } from '../../shared/charts/bubble-plot.ts';
import type { Figure } from '../../shared/figure.ts';
import { formatAmount } from '../../shared/format.ts';
import type { ReportSection } from '../../shared/sectioned-report.ts';
import { makeTable, type ColumnOf } from '../../shared/table.ts';
import { measured } from '../../shared/measured-columns.ts';
import { countMoves, pairScores, spreadOf, tellMoves } from './moves.ts';
import type { SuiteView } from './suite-view.ts';

type Question = ComparedSuite['questions'][number];

const ROWS_SHOWN = 15;
const PANELS_DRAWN = 6;
const PLACES_DRAWN = 300;
const STEPS = 50;

/** Every question by the headline metric of each arm: where arms agree and where not, widest first. */
export function questionsSection(view: SuiteView): ReportSection {
  const { suite, id, name, suffix, isRerun } = view;
  const [a, b] = suite.arms;
  const isPair = suite.arms.length === 2 && a !== undefined && b !== undefined;
  const rows = [...suite.questions].sort(
    (left, right) => spreadOf(right) - spreadOf(left) || (left.question_id < right.question_id ? -1 : 1),
  );
  return {
    id: `${id}questions`,
    title: `${isRerun ? 'Questions that moved' : 'Questions'}${suffix}`,
    lead: `${isRerun ? `Both arms are one mode in two runs. Of ${formatAmount(suite.n, 'question')}, ${tellMoves(countMoves(suite, a!, b!))}. ` : ''}Equal means can hide questions that swap. Each question has its ${suite.headline} by arm; the widest differences come first.`,
    figure: scatter(view),
    table: makeTable<Question>({
      name: `${name}questions`,
      caption: `${suite.headline} by question, widest difference first`,
      whenEmpty: 'No question was answered by every arm.',
      rows,
      rowsShown: ROWS_SHOWN,
      columns: [
        { name: 'question_id', title: 'Question', kind: 'name', value: (row) => row.question_id },
        { name: 'type', title: 'Type', kind: 'name', value: (row) => row.type },
        ...suite.arms.flatMap((arm) => measured<Question>(arm, arm, (row) => row.scores[arm] ?? null)),
        ...(isPair ? moveColumns(a, b) : []),
      ],
    }),
  };
}

function moveColumns(a: string, b: string): ColumnOf<Question>[] {
  const difference = ({ scores }: Question): number | null => {
    const [before, now] = [scores[a] ?? null, scores[b] ?? null];
    return before === null || now === null ? null : now - before;
  };
  return [
    ...measured<Question>('difference', 'Difference', difference, showDifference),
    { name: 'movement', title: 'Movement', kind: 'word', value: (row) => tellMove(difference(row)) },
  ];
}

function tellMove(difference: number | null): string | null {
  if (difference === null) return null;
  return difference > 0 ? 'won' : difference < 0 ? 'lost' : 'same';
}

/** Pairs of arms in the order of the arms; questions at the same place make one bubble. */
function scatter({ suite, id }: SuiteView): Figure | undefined {
  const pairs = suite.arms.flatMap((a, at) => suite.arms.slice(at + 1).map((b) => ({ a, b, scores: pairScores(suite, a, b) })));
  const drawn = pairs.filter(({ scores }) => scores.length > 0).slice(0, PANELS_DRAWN);
  if (drawn.length === 0) return undefined;
  const panels = drawn.map(({ a, b, scores }) => ({ across: a, upwards: b, ...bubblesOf(scores) }));
  const sentence = [
    `Questions by their ${suite.headline}; a bubble holds as many as its area says.`,
    ...drawn.map(({ a, b }) => `${b} against ${a}: ${tellMoves(countMoves(suite, a, b))}.`),
    ...(panels.some(({ isRounded }) => isRounded) ? [`Places are rounded to a ${STEPS}th of the range.`] : []),
    ...(pairs.length > drawn.length ? [`The first ${drawn.length} of ${pairs.length} pairs of arms are drawn.`] : []),
  ].join(' ');
  return {
    sentence,
    legend: [
      { label: 'Above the line: the arm at the top is higher', colour: 'accepted', shape: 'dot' },
      { label: 'Below: the arm at the bottom is higher', colour: 'rejected', shape: 'dot' },
      { label: 'On the line: equal', colour: 'neutral', shape: 'dot' },
    ],
    draw: (layout) => drawBubblePlot({ id: `${id}scatter`, title: sentence, panels }, layout),
  };
}

/** Exact places, unless there are too many to tell apart. */
function bubblesOf(scores: readonly (readonly [number, number])[]): Pick<BubblePanel, 'bubbles'> & { readonly isRounded: boolean } {
  const exact = gather(scores);
  if (exact.length <= PLACES_DRAWN) return { bubbles: exact, isRounded: false };
  const values = scores.flat();
  const step = (Math.max(...values) - Math.min(...values)) / STEPS;
  const round = (value: number): number => Math.round(value / step) * step;
  return { bubbles: gather(scores.map(([x, y]) => [round(x), round(y)] as const)), isRounded: true };
}

function gather(scores: readonly (readonly [number, number])[]): Bubble[] {
  const counts = new Map<string, Bubble>();
  for (const [x, y] of scores) {
    const key = `${x} ${y}`;
    counts.set(key, { x, y, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}
