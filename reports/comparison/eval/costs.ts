import { findDominators } from '../../../domain/stats/pareto-front.ts';
import { showInterval, showValue } from '../../shared/bench-values.ts';
import { drawFrontPlot } from '../../shared/charts/front-plot.ts';
import type { Figure } from '../../shared/figure.ts';
import { formatUsd, listWords } from '../../shared/format.ts';
import type { ReportSection } from '../../shared/sectioned-report.ts';
import { makeTable } from '../../shared/table.ts';
import { interval, measured } from '../../shared/measured-columns.ts';
import { headlineOf, type SuiteView } from './suite-view.ts';

/** An arm with what a query costs and what it is worth in the headline metric; `dominator` is an arm that is better in one and no worse in the other. */
interface PricedArm {
  readonly arm: string;
  readonly worth: number | null;
  readonly ci95: readonly [number, number] | null;
  readonly usd: number | null;
  readonly isEstimate: boolean;
  readonly dominator: string | null;
}

type Weighed = PricedArm & { readonly worth: number; readonly usd: number };

/** What quality costs: arms by cost and headline metric, with the Pareto front named. */
export function costsSection(view: SuiteView): ReportSection {
  const { suite, id, name, suffix } = view;
  const arms = priceArms(view);
  const weighed = arms.filter(isWeighed);
  return {
    id: `${id}costs`,
    title: `Cost against quality${suffix}`,
    lead: `On the Pareto front are arms that no other arm beats in ${suite.headline} or in cost without being worse in the other. It goes by means alone: whether a step of it is more than chance stands under Differences. What is marked est was estimated, and not billed.`,
    figure: frontFigure(view, weighed),
    table: makeTable<PricedArm>({
      name: `${name}costs`,
      caption: 'Cost and quality',
      whenEmpty: 'Nothing is known of what the arms cost.',
      rows: arms,
      columns: [
        { name: 'arm', title: 'Arm', kind: 'name', value: (row) => row.arm },
        ...measured<PricedArm>(
          'per_query_usd',
          'Cost per query',
          (row) => row.usd,
          (usd) => (usd === null ? 'n/a' : formatUsd(usd, 0)),
        ),
        { name: 'is_estimate', title: 'Cost is', kind: 'word', labels: { true: 'est', false: 'settled' }, value: (row) => row.isEstimate },
        ...measured<PricedArm>('mean', suite.headline, (row) => row.worth),
        ...interval<PricedArm>('95 % interval', (row) => row.ci95, showInterval),
        { name: 'front', title: 'Pareto front', kind: 'word', value: tellPlace },
      ],
    }),
  };
}

function priceArms({ suite }: SuiteView): PricedArm[] {
  const arms = suite.cost.map(({ arm, per_query_usd, is_estimate }): PricedArm => {
    const headline = headlineOf(suite, arm);
    return {
      arm,
      usd: per_query_usd,
      isEstimate: is_estimate,
      worth: headline?.mean ?? null,
      ci95: headline?.ci95 ?? null,
      dominator: null,
    };
  });
  const weighed = arms.filter(isWeighed);
  const dominators = findDominators(weighed.map(({ usd, worth }) => ({ cost: usd, worth })));
  return arms.map((arm) => {
    const place = dominators[weighed.findIndex((other) => other.arm === arm.arm)] ?? null;
    return { ...arm, dominator: place === null ? null : weighed[place]!.arm };
  });
}

function isWeighed(arm: PricedArm): arm is Weighed {
  return arm.worth !== null && arm.usd !== null;
}

function tellPlace(arm: PricedArm): string {
  if (!isWeighed(arm)) return 'not known';
  return arm.dominator === null ? 'on it' : `dominated by ${arm.dominator}`;
}

/** No picture where nothing costs anything: quality decides alone. */
function frontFigure({ suite, comparisons, id }: SuiteView, arms: readonly Weighed[]): Figure | undefined {
  // No arm at all costs nothing, too.
  if (arms.every(({ usd }) => usd === 0)) return undefined;
  const front = arms.filter(({ dominator }) => dominator === null).sort((left, right) => left.usd - right.usd);
  const tell = ({ arm, usd, isEstimate, worth }: Weighed): string =>
    `${arm} (${formatUsd(usd, 0)}${isEstimate ? ' est' : ''}, ${showValue(worth)})`;
  const steps = front.slice(1).flatMap(({ arm }, at) => {
    const before = front[at]!.arm;
    const pair = comparisons.find(
      ({ metric, arm_a, arm_b }) =>
        metric === suite.headline && ((arm_a === before && arm_b === arm) || (arm_a === arm && arm_b === before)),
    );
    return pair === undefined ? [] : [`The step from ${before} to ${arm} is ${pair.significant ? 'significant' : 'not significant'}.`];
  });
  const sentence = [
    `On the Pareto front: ${listWords(front.map(tell))}.`,
    ...arms.flatMap((arm) => (arm.dominator === null ? [] : [`${tell(arm)} is dominated by ${arm.dominator}.`])),
    ...steps,
  ].join(' ');
  return {
    sentence,
    legend: [
      { label: 'On the Pareto front', colour: 'accepted', shape: 'diamond' },
      { label: 'Dominated', colour: 'review', shape: 'ring' },
    ],
    draw: (layout) =>
      drawFrontPlot(
        {
          id: `${id}front`,
          title: sentence,
          costTitle: 'Cost per query',
          worthTitle: `${suite.headline} with 95 % interval`,
          showCost: (usd) => formatUsd(usd, 0),
          points: arms.map(({ arm, usd, worth, ci95, dominator }) => ({
            label: arm,
            cost: usd,
            worth,
            interval: ci95,
            isOnFront: dominator === null,
          })),
        },
        layout,
      ),
  };
}
