import type { EvalReadRecord } from '../../../schemas/eval-record.ts';
import type { Reproducibility } from '../../../schemas/reproducibility.ts';
import { makeFooter } from '../../reproducibility/index.ts';
import { ranAtMs, uidOf } from './arm.ts';
import type { SuiteComparison } from './compare-suite.ts';

/** What the footer says of the comparison itself. */
export interface ComparisonOrigin {
  readonly lauterVersion: string;
  readonly seed: number;
  readonly resamples: number;
  /** The commands that made the records and this comparison, each as it was typed. */
  readonly commands: readonly string[];
}

/** What a comparison was made from: what all its records say, where they say the same, and else each of it. */
export function traceOrigin(
  suites: readonly SuiteComparison[],
  { lauterVersion, seed, resamples, commands }: ComparisonOrigin,
): Reproducibility {
  const arms = suites.flatMap((suite) => suite.arms);
  const records = arms.map(({ record }) => record);
  const ordered = [...records].sort((left, right) => ranAtMs(left) - ranAtMs(right));
  return makeFooter({
    commit: joinTexts(records.map(({ commit }) => commit)),
    lauter_version: lauterVersion,
    datasets: suites.map(({ summary, arms: [first] }) => ({
      suite: summary.suite,
      name: textOf(first?.record.dataset_name),
      sha256: textOf(first?.record.dataset_hash),
    })),
    question_set_hash: joinTexts(suites.map(({ arms: [first] }) => first?.record.question_set_hash)),
    // Without the seed of a run nobody can draw its questions again, whatever its numbers are compared with.
    seed: records.every((record) => typeof record.seed === 'number') ? seed : null,
    resamples,
    arms: suites.flatMap(({ summary, arms: own }) =>
      own.map(({ name, record }) => ({
        arm: suites.length > 1 ? `${summary.suite} ${name}` : name,
        knob_hash: textOf(record.knob_hash),
      })),
    ),
    corpus_hash: joinTexts(records.map(({ corpus_hash }) => corpus_hash)),
    prompt_hashes: joinNames(records.map(({ prompt_hashes }) => prompt_hashes)),
    models: modelsOf(records),
    commands: [...new Set(commands)],
    run_ids: [...new Set(records.map(uidOf))],
    started_at: textOf(ordered[0]?.ran_at),
    finished_at: lastOf(records.map(({ finished_at }) => textOf(finished_at))),
    cost: { estimated_usd: sumOf(records, 'estimated_usd'), settled_usd: sumOf(records, 'cost_usd') },
    price_table: joinTexts(records.map(({ price_table }) => price_table)),
    degraded: addCounts(records),
    errored: arms.flatMap(({ questions }) => questions).filter(({ outcome }) => outcome.endsWith('_failure') || outcome.endsWith('_error'))
      .length,
  });
}

function modelsOf(records: readonly EvalReadRecord[]): Reproducibility['models'] {
  const models = joinNames(records.map((record) => record.models));
  const snapshots = joinNames(records.map(({ model_snapshots }) => model_snapshots));
  return Object.entries(models).map(([lane, model]) => ({ lane, model, snapshot: snapshots[lane] ?? null }));
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Null as soon as one is not known: the others do not stand for it. */
function joinTexts(values: readonly unknown[]): string | null {
  const texts = values.map(textOf);
  return texts.length === 0 || texts.includes(null) || texts.includes('unknown') ? null : [...new Set(texts)].join(', ');
}

function joinNames(objects: readonly unknown[]): Record<string, string | null> {
  const found = new Map<string, Set<string>>();
  for (const object of objects) {
    for (const [name, value] of Object.entries(typeof object === 'object' && object !== null ? object : {})) {
      const known = found.get(name) ?? new Set();
      found.set(name, textOf(value) === null ? known : known.add(String(value)));
    }
  }
  return Object.fromEntries([...found].map(([name, values]) => [name, values.size === 0 ? null : [...values].join(', ')]));
}

function lastOf(times: readonly (string | null)[]): string | null {
  const known = times.flatMap((time) => (time === null ? [] : [time])).sort((left, right) => Date.parse(left) - Date.parse(right));
  return known.length < times.length ? null : (known.at(-1) ?? null);
}

function sumOf(records: readonly EvalReadRecord[], field: string): number | null {
  const known = records.flatMap((record) => (typeof record[field] === 'number' ? [record[field]] : []));
  return known.length < records.length ? null : known.reduce((sum, usd) => sum + usd, 0);
}

function addCounts(records: readonly EvalReadRecord[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const { degraded } of records) {
    for (const [state, count] of Object.entries(typeof degraded === 'object' && degraded !== null ? degraded : {})) {
      if (typeof count === 'number') sums.set(state, (sums.get(state) ?? 0) + count);
    }
  }
  return Object.fromEntries(sums);
}
