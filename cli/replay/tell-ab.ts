import { isBlank } from '../../domain/shared/text.ts';
import { formatShare, formatUsd, shortenText } from '../../reports/shared/format.ts';
import { tellImpaired } from '../../reports/shared/tell-impaired.ts';
import type { JudgedArm, ReplayAb, ReplayArm, ReplayPair, ReplaySide } from '../../schemas/replay-ab.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';
import { tellReasons } from './tell-reasons.ts';
import { tellPart, tellShare } from './tell-share.ts';

const MOST_PAIRS = 3;
const MOST_CHARS = 200;

/** A comparison for people: both arms, what the same tasks gained and lost, and the first tasks that came out differently, answers side by side. */
export function tellAb(report: ReplayAb): string {
  const { arms, same_evidence, counts, corpus, pairs } = report;
  const different = pairs.filter(isDifferent);
  return [
    `${counts.tasks} tasks, ${counts.paired} answered in both arms; ${corpus.rows} playbooks, found by ${report.retriever}`,
    ...missing(report),
    ...tellImpaired(arms.with),
    '',
    textTable(
      ['arm', 'gate passed', 'wholly grounded', 'things grounded', 'escalated', 'median', 'cost'],
      [
        ['with playbooks', ...judged(arms.with), ...run(arms.with)],
        ['without', ...judged(arms.without), ...run(arms.without)],
        ['without, on the same evidence', ...judged(same_evidence.without), '', '', ''],
      ],
    ),
    '',
    ...pairedLines(report),
    '',
    ...different.slice(0, MOST_PAIRS).flatMap(tellPair),
    ...(different.length > MOST_PAIRS ? [`and ${different.length - MOST_PAIRS} more that came out differently: --json tells all`, ''] : []),
    `by ${plain(report.model)}; cost: estimated ${formatUsd(report.estimated_usd)}, settled ${formatUsd(report.cost_usd)}`,
    `${report.verdict}  ${report.run_id}`,
  ].join('\n');
}

function isDifferent({ with: left, without: right }: ReplayPair): boolean {
  return left.state !== right.state || left.grounding.some(isUngrounded) !== right.grounding.some(isUngrounded);
}

function isUngrounded({ grounded }: ReplaySide['grounding'][number]): boolean {
  return !grounded;
}

function missing({ counts: { unanswered, skipped_budget: skipped } }: ReplayAb): string[] {
  const told = (what: string, { with: left, without: right }: ReplayAb['counts']['unanswered']): string[] =>
    left + right === 0 ? [] : [`${what}: ${left} with playbooks, ${right} without`];
  return [...told('unanswered', unanswered), ...told('skipped for the budget', skipped)];
}

function judged({ gate_pass, wholly_grounded, names: { grounded, total } }: JudgedArm): string[] {
  return [tellShare(gate_pass), tellShare(wholly_grounded), tellPart(grounded, total)];
}

function run({ escalated, median_latency_ms: latency, cost_usd: cost }: ReplayArm): string[] {
  return [String(escalated), latency === null ? '–' : `${Math.round(latency)} ms`, formatUsd(cost)];
}

function pairedLines({ paired, same_evidence }: ReplayAb): string[] {
  const families = [
    ['', paired],
    [', same evidence', same_evidence.paired],
  ] as const;
  const binary = families.flatMap(([what, { gate_pass, wholly_grounded }]) => [
    [`gate passed${what}`, gate_pass] as const,
    [`wholly grounded${what}`, wholly_grounded] as const,
  ]);
  const rates = families.map(([what, { grounding_rate }]) => [`share of things grounded${what}`, grounding_rate] as const);
  return [
    textTable(
      ['the same tasks', 'both', 'only with', 'only without', 'neither', 'difference', '95 %', 'p, exact'],
      binary.map(([what, row]) => {
        const { both, only_with, only_without, neither } = row.table;
        return [what, ...[both, only_with, only_without, neither].map(String), ...difference(row)];
      }),
    ),
    '',
    textTable(
      ['the same tasks', 'tasks', 'left out', 'with', 'without', 'difference', '95 %', 'p, bootstrap'],
      rates.map(([what, row]) => [what, String(row.n), String(row.left_out), mean(row.mean_b), mean(row.mean_a), ...difference(row)]),
    ),
  ];
}

type Compared = Pick<ReplayAb['paired']['grounding_rate'], 'delta' | 'ci95' | 'p_raw'>;

function difference({ delta, ci95, p_raw: p }: Compared): string[] {
  return [
    delta === null ? '–' : points(delta),
    ci95 === null ? '–' : `${points(ci95[0])} to ${points(ci95[1])}`,
    p === null ? '–' : p < 0.0001 ? '<0.0001' : p.toFixed(4),
  ];
}

/** Percentage points with their sign. */
function points(value: number): string {
  return `${value > 0 ? '+' : value < 0 ? '-' : ''}${(Math.abs(value) * 100).toFixed(1)} pp`;
}

function mean(value: number | null): string {
  return value === null ? '–' : formatShare(value);
}

function tellPair({ id, task, with: left, without: right }: ReplayPair): string[] {
  return [
    `${plain(id)}: ${task === null ? '' : plain(shortenText(task, MOST_CHARS))}`,
    ...tellSide('with   ', left),
    ...tellSide('without', right),
    '',
  ];
}

function tellSide(arm: string, { state, reasons, answer, grounding }: ReplaySide): string[] {
  const ungrounded = grounding.filter(isUngrounded).map(({ text }) => plain(shortenText(text, 40)));
  const why = [
    ...(reasons.length === 0 ? [] : [tellReasons(reasons)]),
    ...(ungrounded.length === 0 ? [] : [`not grounded: ${ungrounded.join(', ')}`]),
  ];
  return [
    `  ${arm}  ${state.replace('_', ', ')}${why.length === 0 ? '' : ` (${why.join('; ')})`}`,
    ...(answer === null || isBlank(answer) ? [] : [`           ${plain(shortenText(answer.replace(/\s+/g, ' '), MOST_CHARS))}`]),
  ];
}
