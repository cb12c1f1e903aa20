import type { BenchRetrievalRow } from '../../../schemas/bench-results.ts';
import type { SummarizedModel } from '../../../schemas/bench-summary.ts';
import type { BenchMode } from '../../../schemas/vocabulary.ts';
import { DEFAULT_BUDGETS } from '../../determinism/index.ts';
import { isObject, type JsonObject, type JsonValue } from '../../shared/json.ts';
import { cardDigestOf } from '../../shared/model-card.ts';
import type { RunFile } from '../../shared/run-file.ts';
import { budgetFlips } from '../../stats/budget-flips.ts';
import { detectableUnpaired } from '../../stats/minimum-detectable.ts';
import { sampleVariance } from '../../stats/variance.ts';
import type { StateOf } from '../../trust/index.ts';
import { isSmall } from '../gates/measure-sources.ts';
import { GATES } from '../gates/thresholds.ts';
import { listOf, numberOf, objectOf, textOf } from './field-values.ts';
import { retrievalRows } from './retrieval-rows.ts';

/** A model's summary in its file. */
interface ModelOfRun {
  readonly file: RunFile;
  readonly modelId: string;
  readonly summary: JsonObject;
}

interface SummaryContext {
  readonly headlineMode: BenchMode;
  readonly comparabilityKey: string | null;
  readonly stateOf: StateOf;
}

/** What a run says about one model, with its state in the ledger. */
export function summarizeModel({ file, modelId, summary }: ModelOfRun, context: SummaryContext): SummarizedModel {
  const { headlineMode, comparabilityKey, stateOf } = context;
  const tier0 = objectOf(summary.tier0_verdict);
  const gates = objectOf(summary.gates);
  const cardDigest = cardDigestOf(summary.model_card_before);
  const { rows } = retrievalRows(summary, { runId: file.runId, modelId, sourceOfEvent: file.sourceOfEvent });
  const modes = modesOf(summary, rows);
  const scored = modes.find(({ mode }) => mode === headlineMode)?.scored_count ?? null;
  const { verdict } = summary;
  return {
    model_id: modelId,
    card_digest: cardDigest,
    verdict: verdict === 'PASS' || verdict === 'FAIL' || verdict === 'INCONCLUSIVE' ? verdict : null,
    is_tier0_passed: typeof tier0.passed === 'boolean' ? tier0.passed : null,
    bt29: stateOf({ modelId, cardDigest, comparabilityKey, mode: headlineMode }),
    failed_gates: textsOf(tier0.failed_gates),
    skipped_gates: textsOf(tier0.skipped_gates),
    notes: textsOf(tier0.notes),
    errors: listOf(summary.errors).map(describeError),
    gates: GATES.map((gate) => gateOf(gate, gates, objectOf(file.manifest?.value.gate_thresholds), textsOf(tier0.failed_gates))),
    reported: {
      latency_p50_ms: numberOf(gates.latency_p50_ms),
      latency_p99_ms: numberOf(gates.latency_p99_ms),
      self_consistency_min: numberOf(gates.self_consistency_min),
      main_attempts: numberOf(gates.main_attempts_count),
      sc_attempts: numberOf(gates.sc_attempts_count),
      trivial_summaries: numberOf(gates.trivial_summary_count),
    },
    call_errors: Object.entries(objectOf(summary.call_errors)).flatMap(([kind, count]) =>
      typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? [{ kind, count }] : [],
    ),
    modes,
    budget_flips: scored === null || scored === 0 ? null : budgetFlips(DEFAULT_BUDGETS.hit_at_1, scored),
    per_source: sourcesOf(summary, headlineMode),
    judge: judgeOf(summary.judge),
    repeated_calls: numberOf(summary.repeated_calls),
  };
}

function gateOf(
  gate: (typeof GATES)[number],
  values: JsonObject,
  thresholds: JsonObject,
  failed: readonly string[],
): SummarizedModel['gates'][number] {
  const raw = values[gate.value];
  const value = numberOf(raw);
  const limit = numberOf(thresholds[gate.threshold]);
  const isAbsent = raw === undefined || raw === null;
  const isBeyond = value !== null && limit !== null && (gate.mustBe === 'at_least' ? value < limit : value > limit);
  const isFailed = failed.includes(gate.value) || isBeyond || (!isAbsent && value === null);
  return { gate: gate.value, value, limit, state: isFailed ? 'failed' : isAbsent ? 'skipped' : 'passed' };
}

function modesOf({ downstream_proxy: proxy }: JsonObject, rows: readonly BenchRetrievalRow[]): SummarizedModel['modes'] {
  const modes = objectOf(objectOf(proxy).modes);
  return Object.keys(modes).map((mode) => {
    const means = objectOf(modes[mode]);
    const hitAt1 = numberOf(means.hit_at_1);
    const n = numberOf(means.scored_count);
    const variance = sampleVariance(rows.filter((row) => row.mode === mode).map(({ rr }) => rr));
    return {
      mode,
      scored_count: n,
      hit_at_1: hitAt1,
      hit_at_3: numberOf(means.hit_at_3),
      hit_at_5: numberOf(means.hit_at_5),
      hit_at_10: numberOf(means.hit_at_10),
      mrr: numberOf(means.mrr),
      ndcg_at_10: numberOf(means.ndcg_at_10),
      mde: {
        form: 'unpaired',
        mrr: variance === null || n === null ? null : detectableUnpaired(variance, n),
        hit_at_1: hitAt1 === null || n === null || hitAt1 < 0 || hitAt1 > 1 ? null : detectableUnpaired(hitAt1 * (1 - hitAt1), n),
      },
    };
  });
}

function sourcesOf({ per_source: parts }: JsonObject, mode: string): SummarizedModel['per_source'] {
  const bySource = objectOf(parts);
  return Object.keys(bySource)
    .sort()
    .map((source) => {
      const part = objectOf(bySource[source]);
      const gates = objectOf(part.gates);
      const means = objectOf(objectOf(part.modes)[mode]);
      const n = numberOf(part.n);
      return {
        source,
        n,
        small: n !== null && isSmall(n),
        schema_validity_rate: numberOf(gates.schema_validity_rate),
        refusal_rate: numberOf(gates.refusal_rate),
        latency_p95_ms: numberOf(gates.latency_p95_ms),
        mode,
        scored_count: numberOf(means.scored_count),
        mrr: numberOf(means.mrr),
        hit_at_1: numberOf(means.hit_at_1),
      };
    });
}

function judgeOf(judge: JsonValue | undefined): SummarizedModel['judge'] {
  if (!isObject(judge)) return null;
  return { mean: numberOf(judge.mean), scored: numberOf(judge.scored), missing: numberOf(judge.missing), reason: textOf(judge.reason) };
}

/** Step and type: the message of an error may hold anything. */
function describeError(error: JsonValue): string {
  const { step, type } = objectOf(error);
  return [textOf(step), textOf(type)].filter((part) => part !== null).join(': ') || 'an error';
}

function textsOf(value: JsonValue | undefined): string[] {
  return listOf(value).flatMap((item) => (typeof item === 'string' ? [item] : []));
}
