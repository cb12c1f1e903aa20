import { worstRows } from '../../domain/gate/index.ts';
import { gateChecks } from '../../reports/gate/gate-checks.ts';
import { shortenDigest } from '../../reports/shared/format.ts';
import type { GateReport } from '../../schemas/gate-report.ts';
import type { ReplayResult } from '../../schemas/replay-report.ts';
import { BREACH_METRICS_TOLD } from '../../schemas/vocabulary.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';
import { tellNumber } from './numbers.ts';
import { tellMoved } from './tell-moved.ts';

const ROWS_SHOWN = 5;
const MARKS = { pass: '✔', fail: '✘', error: '✘' };

/** The verdict for people: what it rests on, what it breached, and the rows that moved furthest. */
export function tellGate(report: GateReport, results: readonly ReplayResult[]): string {
  const { verdict, regression_gate: regression, correctness_gate: correctness, meta } = report;
  const checks = gateChecks(report);
  const breached = checks.flatMap(({ breach }) => breach ?? []);
  const worst = worstRows(results, ROWS_SHOWN);
  return [
    `${MARKS[verdict]} ${verdict}: collection ${plain(meta.collection)}, retriever ${plain(meta.retriever)}`,
    ...(regression.baseline_path === undefined ? [] : [tellBaseline(regression)]),
    ...(meta.corpus_changed === true ? [tellChange(meta)] : []),
    ...(correctness.qrels_path === undefined ? [] : [`judgments ${plain(correctness.qrels_path)}`]),
    ...(meta.degraded.length === 0 ? [] : [`degraded: ${meta.degraded.join(', ')}`]),
    '',
    textTable(
      ['gate', 'check', 'found', 'limit', ''],
      checks.map(({ gate, title, observed, relation, limit, state }) => [
        gate,
        title,
        tellNumber(observed),
        limit === null ? '' : `${relation} ${tellNumber(limit)}`,
        state,
      ]),
    ),
    ...(breached.length === 0 ? [] : ['', ...breached.map(({ metric, reason, error_tail }) => tellBreach(metric, reason, error_tail))]),
    ...(worst.length === 0 ? [] : ['', 'moved furthest:', ...worst.map((result) => tellMoved(result))]),
  ].join('\n');
}

function tellBaseline({ baseline_path, baseline_ref, attestation }: GateReport['regression_gate']): string {
  const at = baseline_ref === undefined ? '' : ` at ${plain(baseline_ref)}`;
  const told =
    attestation === 'queries_only' ? 'queries_only: the file attests what was asked, not what was answered' : (attestation ?? 'unknown');
  return `baseline ${plain(baseline_path ?? '')}${at}, attestation ${told}`;
}

function tellChange({ collection, baseline_corpus_hash, corpus_hash }: GateReport['meta']): string {
  const [before, now] = [baseline_corpus_hash, corpus_hash].map((hash) => plain(shortenDigest(hash ?? 'unknown')));
  return `collection ${plain(collection)} has changed since the baseline was published (corpus ${before} then, ${now} now): results may have moved for that reason`;
}

function tellBreach(metric: keyof typeof BREACH_METRICS_TOLD, reason: string | undefined, detail: string | undefined): string {
  return `${metric}${reason === undefined ? '' : ` (${reason})`}: ${BREACH_METRICS_TOLD[metric]}${detail === undefined ? '' : `; ${plain(detail)}`}`;
}
