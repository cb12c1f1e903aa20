import type { DeterminismModel, DeterminismReport } from '../../schemas/determinism-report.ts';
import { DETERMINISM_CAUSES, DETERMINISM_REASONS } from '../../schemas/vocabulary.ts';
import { escapeMarkdown, markdownCode } from '../shared/escape.ts';
import { formatShare } from '../shared/format.ts';
import { writeTableMarkdown } from '../shared/table-markdown.ts';
import type { DeterminismTables } from './determinism-tables.ts';
import {
  showBt29,
  showBudgetFlips,
  showComparability,
  showField,
  showId,
  showMde,
  showRange,
  showRanks,
  showValue,
  showVerdict,
} from './words.ts';

const FLIPS_SHOWN = 20;

/** A determinism report as Markdown, the last line of which is the overall verdict. */
export function writeDeterminismMarkdown(report: DeterminismReport, tables: DeterminismTables): string {
  return [
    '# Determinism of bench runs\n',
    writeRuns(report),
    writeFrame(report),
    writeModels(report),
    writeNotCompared(report),
    ...report.models.flatMap(writeReasons),
    ...report.models.map(writeFlips),
    ...(report.models.length === 0 ? [] : [`## Reported beside, never gated\n\n${writeTableMarkdown(tables.reported)}`]),
    ...report.models.flatMap(writeCauses),
    ...writeWarnings(tables),
    `${escapeMarkdown(showBt29(report.bt29))}\n`,
    `**Overall: ${report.overall}**\n`,
  ].join('\n');
}

function writeRuns({ runs }: DeterminismReport): string {
  const rows = runs.map(
    ({ run_id, path, sha256 }) => `- ${markdownCode(run_id)}, file ${markdownCode(path)}, sha256 ${markdownCode(sha256)}\n`,
  );
  return `Runs compared:\n\n${rows.join('')}`;
}

function writeFrame(report: DeterminismReport): string {
  const { mode, budgets, tolerance, required_runs, comparability } = report;
  const lines = [
    `Mode: ${mode}`,
    `Required runs: ${required_runs}`,
    `Budgets: MRR ${budgets.mrr}, Hit@1 ${budgets.hit_at_1}, judge-mean ${budgets.judge_mean}, inclusive, tolerance ${tolerance}`,
    ...showBudgetFlips(report),
    `Comparability: ${escapeMarkdown(showComparability(report))}`,
    ...comparability.differences.map((field) => `Differs: ${escapeMarkdown(showField(field))}`),
    'MDE: unpaired, two-sided 0.05, power 0.80; a smaller difference to another model would not show',
  ];
  return lines.map((line) => `- ${line}\n`).join('');
}

const COLUMNS = [
  'model',
  'n_runs',
  'mrr range',
  'mrr delta',
  'hit@1 range',
  'hit@1 delta',
  'judge-mean range',
  'judge-mean delta',
  'MDE mrr / hit@1',
  'verdict',
];

function writeModels({ models }: DeterminismReport): string {
  const rows = models.map((model) =>
    writeRow([escapeMarkdown(showId(model.model_id)), ...numbersOf(model), escapeMarkdown(showVerdict(model))]),
  );
  return `${[writeRow(COLUMNS), writeRow(COLUMNS.map(() => '---')), ...rows].join('\n')}\n`;
}

function numbersOf(model: DeterminismModel): string[] {
  const { mrr, hit_at_1, judge_mean } = model;
  const spreads = [mrr, hit_at_1, judge_mean].flatMap((spread) => [showRange(spread), showValue(spread.delta)]);
  return [String(model.n_runs), ...spreads, showMde(model)];
}

function writeRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function writeNotCompared({ not_compared }: DeterminismReport): string {
  const ids = not_compared.map((id) => escapeMarkdown(showId(id))).join(', ');
  return `Not compared: ${ids === '' ? 'none' : `${ids} (in one run only)`}\n`;
}

function writeReasons(model: DeterminismModel): string[] {
  const lines = [
    ...model.reasons.map(({ code, detail }) => `${DETERMINISM_REASONS[code]}: ${detail}`),
    ...(model.degenerate ? ['degenerate: a metric is 0 in every run; stable, and worth nothing'] : []),
  ];
  if (lines.length === 0) return [];
  return [`## Reasons: ${escapeMarkdown(showId(model.model_id))}\n\n${lines.map((line) => `- ${escapeMarkdown(line)}\n`).join('')}`];
}

function writeFlips({ model_id, flips, pass_all_runs }: DeterminismModel): string {
  const title = `## Flips: ${escapeMarkdown(showId(model_id))}\n\n`;
  if (flips.hit_at_1 === null) return `${title}Not known: the items are not recorded in every run.\n`;
  const share = pass_all_runs === null ? '' : ` Hit@1 in every run: ${formatShare(pass_all_runs)} of the items.`;
  const summary = `Items that flip in Hit@1: ${flips.hit_at_1}; items that change their rank: ${flips.rank ?? 0}.${share}\n`;
  if (flips.items.length === 0) return `${title}${summary}`;
  const rows = flips.items
    .slice(0, FLIPS_SHOWN)
    .map(({ qa_id, source, ranks, is_flip }) =>
      writeRow([escapeMarkdown(qa_id), escapeMarkdown(source ?? '–'), showRanks(ranks), is_flip ? 'yes' : 'no']),
    );
  const hidden = flips.items.length - rows.length;
  const more = hidden > 0 ? `\n${hidden} more in the JSON.\n` : '';
  return `${title}${summary}\n${[writeRow(['question', 'source', 'rank in each run', 'flip']), writeRow(['---', '---', '---', '---']), ...rows].join('\n')}\n${more}`;
}

function writeCauses({ model_id, causes }: DeterminismModel): string[] {
  if (causes.length === 0) return [];
  const lines = causes.map(
    ({ cause, state, evidence }, at) =>
      `${at + 1}. ${escapeMarkdown(DETERMINISM_CAUSES[cause])}: **${state}**${evidence.length === 0 ? '' : ` (${escapeMarkdown(evidence.map(showField).join('; '))})`}\n`,
  );
  return [`## Possible causes: ${escapeMarkdown(showId(model_id))}\n\n${lines.join('')}`];
}

function writeWarnings({ warnings }: DeterminismTables): string[] {
  if (warnings.rows.length === 0) return [];
  return [`## Warnings\n\n${warnings.rows.map(([on, warning]) => `- ${escapeMarkdown(`${on}: ${warning}`)}\n`).join('')}`];
}
