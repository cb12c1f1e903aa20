import { formatDuration } from '../../reports/shared/format.ts';
import type { BenchSummary, SummarizedModel } from '../../schemas/bench-summary.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';
import { fourDecimals } from './numbers.ts';

/** What one run says about its models, for people. */
export function tellSummary(summary: BenchSummary): string {
  const { run_id, started_at, finished_at, models, warnings, interruptions, paused_seconds, is_complete, end_reason } = summary;
  const end = !is_complete ? 'no end' : end_reason === null ? 'ended by itself' : `ended early: ${plain(end_reason)}`;
  return [
    `run ${plain(run_id)}, ${plain(started_at ?? 'began at a time that is not recorded')} to ${plain(finished_at ?? 'not recorded')}, ${end}`,
    `corpus ${plain(summary.corpus_version ?? 'not recorded')}, questions ${plain(summary.eval_qa_version ?? 'not recorded')}, temperature ${summary.temperature ?? 'not recorded'}, comparability ${summary.comparability.status}${summary.comparability.key === null ? '' : ` ${summary.comparability.key}`}`,
    `paused ${paused_seconds === null ? 'not recorded' : formatDuration(paused_seconds * 1000)}, interruptions: ${interruptions.length === 0 ? 'none' : interruptions.map(({ at, kind }) => plain(`${kind} at ${at ?? 'an unknown time'}`)).join(', ')}`,
    ...models.map((model) => tellModel(model, summary.headline_mode)),
    ...(models.length === 0 ? ['', 'no model was measured'] : []),
    ...(warnings.length === 0 ? [] : ['', ...warnings.map((warning) => `warning: ${plain(warning)}`)]),
  ].join('\n');
}

function tellModel(model: SummarizedModel, headline: string): string {
  const { model_id, verdict, is_tier0_passed, bt29, notes, errors, call_errors, judge, budget_flips } = model;
  const told = verdict ?? (is_tier0_passed === null ? 'no verdict' : is_tier0_passed ? 'tier 0 passed' : 'tier 0 not passed');
  const judged =
    judge === null
      ? 'n/a'
      : `${fourDecimals(judge.mean)} (${judge.scored ?? 'n/a'} scored, ${judge.missing ?? 'n/a'} missing${judge.reason === null ? '' : `, ${plain(judge.reason)}`})`;
  return [
    '',
    `${plain(model_id)}: ${told}; ${bt29.text}`,
    ...notes.map((note) => `  note: ${plain(note)}`),
    ...errors.map((error) => `  error: ${plain(error)}`),
    ...(call_errors.length === 0 ? [] : [`  failed calls: ${call_errors.map(({ kind, count }) => `${plain(kind)} ${count}`).join(', ')}`]),
    '',
    textTable(
      ['gate', 'value', 'limit', 'state'],
      model.gates.map(({ gate, value, limit, state }) => [gate, fourDecimals(value), limit === null ? 'n/a' : String(limit), state]),
    ),
    '',
    ...tellRetrieval(model, headline),
    `judge-mean ${judged}`,
    `budget = floor(0.02 x N) = ${budget_flips ?? 'n/a'} item flips`,
    ...tellSources(model),
  ].join('\n');
}

function tellRetrieval({ modes }: SummarizedModel, headline: string): string[] {
  if (modes.length === 0) return ['retrieval: not measured'];
  const table = textTable(
    ['mode', 'questions', 'MRR', 'Hit@1', 'Hit@3', 'Hit@5', 'Hit@10', 'nDCG@10', 'MDE MRR / Hit@1 (unpaired)'],
    modes.map((row) => [
      plain(row.mode) + (row.mode === headline ? ' *' : ''),
      String(row.scored_count ?? 'n/a'),
      ...[row.mrr, row.hit_at_1, row.hit_at_3, row.hit_at_5, row.hit_at_10, row.ndcg_at_10].map(fourDecimals),
      `${fourDecimals(row.mde.mrr)} / ${fourDecimals(row.mde.hit_at_1)}`,
    ]),
  );
  return [table, '* headline mode'];
}

function tellSources({ per_source }: SummarizedModel): string[] {
  if (per_source.length === 0) return [];
  const rows = per_source.map((row) => [
    plain(row.source) + (row.small ? ' (small)' : ''),
    String(row.n ?? 'n/a'),
    fourDecimals(row.schema_validity_rate),
    fourDecimals(row.refusal_rate),
    String(row.scored_count ?? 'n/a'),
    fourDecimals(row.mrr),
    fourDecimals(row.hit_at_1),
  ]);
  return ['', textTable(['source', 'n', 'valid', 'refused', 'questions', 'MRR', 'Hit@1'], rows)];
}
