import type { RunReport } from '../../schemas/run-report.ts';
import type { ExportSet } from '../../schemas/vocabulary.ts';
import { drawFlow } from '../shared/charts/flow.ts';
import type { FlowLink, FlowNode } from '../shared/charts/flow.ts';
import { drawStackedBars } from '../shared/charts/stacked-bars.ts';
import type { Bar } from '../shared/charts/stacked-bars.ts';
import type { Figure } from '../shared/figure.ts';
import { formatAmount, formatNumber, formatPart } from '../shared/format.ts';
import { SET_LABELS, CATEGORY_ORDER } from './run-words.ts';
import { sumOf, tallyCategories, tallyRecords, tallySets } from './run-tallies.ts';
import type { SourceTally } from './run-tallies.ts';

/** Records into evidence, evidence into categories; bands are as thick as their rows. */
export function flowFigure(report: RunReport): Figure {
  const { records, evidence, quarantined } = tallyRecords(report);
  const { categories } = report.summary;
  const nodes: FlowNode[] = [
    { key: 'records', label: 'Records', rows: records, of: records, colour: 'neutral' },
    { key: 'evidence', label: 'Evidence', rows: evidence, of: records, colour: 'neutral' },
    ...CATEGORY_ORDER.map(({ category, label, shortLabel, tone }) => ({
      key: category,
      label,
      shortLabel,
      rows: categories[category],
      of: evidence,
      colour: tone,
    })),
    { key: 'quarantined', label: 'Quarantined', rows: quarantined, of: records, colour: 'quiet' as const },
  ];
  const links: FlowLink[] = [
    { from: 'records', to: 'evidence', rows: evidence },
    ...CATEGORY_ORDER.map(({ category }) => ({ from: 'evidence', to: category, rows: categories[category] })),
    { from: 'records', to: 'quarantined', rows: quarantined },
  ];
  const sentence =
    `Of ${formatAmount(records, 'record')}, ${formatNumber(evidence)} became evidence and ${formatNumber(quarantined)} were quarantined while reading; ` +
    `${formatNumber(categories.accepted)} scored runs were accepted (${formatPart(categories.accepted, evidence)}), ` +
    `${formatNumber(categories.partially_accepted)} partially, ${formatNumber(categories.needs_human_review)} wait for a human and ${formatNumber(categories.rejected)} were rejected.`;
  return { sentence, draw: (layout) => drawFlow({ id: 'flow', title: sentence, nodes, links }, layout) };
}

/** What each set exported and set aside. The sets overlap, so they are bars of their own and not branches of the flow. */
export function setsFigure(report: RunReport): Figure {
  const sets = tallySets(report);
  const parts = [
    { label: 'Exported', colour: 'accepted' as const },
    { label: 'Quarantined', colour: 'neutral' as const },
  ];
  const bars = sets.map(({ set, exported, quarantined }) => ({
    label: SET_LABELS[set],
    note: noteOfSet(set, exported, quarantined),
    values: [exported, quarantined],
  }));
  const sentence =
    `Each set with what it exported and what it set aside: ${bars.map(({ label, note }) => `${label} ${note}`).join('; ')}. ` +
    'One scored run may stand in several sets.';
  return {
    sentence,
    legend: parts,
    draw: (layout) => drawStackedBars({ id: 'sets', title: sentence, parts, bars, scale: 'count' }, layout),
  };
}

/** A pair joins two scored runs, so pairs and quarantined runs do not add up to a whole. */
function noteOfSet(set: ExportSet, exported: number, quarantined: number): string {
  if (set === 'preference') return `${formatAmount(exported, 'pair')}, ${formatAmount(quarantined, 'run')} in none`;
  return `${formatAmount(exported, 'row')} of ${formatNumber(exported + quarantined)}`;
}

/** The share of each category in each source, largest source first. */
export function categoriesFigure(report: RunReport): Figure {
  const sources = tallyCategories(report).toSorted((left, right) => right.total - left.total);
  const parts = CATEGORY_ORDER.map(({ label, tone }) => ({ label, colour: tone }));
  const shown: Bar[] = sources.slice(0, BARS_SHOWN).map(({ source, counts, total }) => ({
    label: source,
    note: formatAmount(total, 'row'),
    values: CATEGORY_ORDER.map(({ category }) => counts[category]),
  }));
  const rest = sources.slice(BARS_SHOWN);
  const bars = rest.length === 0 ? shown : [...shown, barOfRest(rest)];
  const sentence = `Share of the four categories in each source, largest source first; ${bestSource(sources)}`;
  return {
    sentence,
    legend: parts,
    draw: (layout) => drawStackedBars({ id: 'categories', title: sentence, parts, bars, scale: 'share' }, layout),
  };
}

/** More bars than this are no longer a picture; the table holds them all. */
const BARS_SHOWN = 24;

function barOfRest(rest: readonly SourceTally[]): Bar {
  return {
    label: formatAmount(rest.length, 'other source'),
    note: formatAmount(
      sumOf(rest, ({ total }) => total),
      'row',
    ),
    values: CATEGORY_ORDER.map(({ category }) => sumOf(rest, ({ counts }) => counts[category])),
  };
}

function bestSource(sources: readonly SourceTally[]): string {
  const [best] = sources
    .filter(({ total, counts }) => total > 0 && counts.accepted > 0)
    .toSorted((left, right) => right.counts.accepted / right.total - left.counts.accepted / left.total);
  return best === undefined
    ? 'none of them has an accepted row.'
    : `${best.source} has the largest accepted share (${formatPart(best.counts.accepted, best.total)} of ${formatAmount(best.total, 'row')}).`;
}
