import type { RecordedField } from '../../schemas/determinism-report.ts';
import { cardDigestOf } from '../shared/model-card.ts';
import { readJudge } from './metric-state.ts';
import type { ModelRun } from './model-runs.ts';
import { differs, isRecordedByAll, recordField, showRecorded } from './recorded-field.ts';

/** What was the same in all runs, or was not. */
export interface Conditions {
  /** Sampling settings, in the words of the manifest. */
  readonly sampling: readonly RecordedField[];
  /** Digests of the served model card before and after each run. */
  readonly cards: readonly RecordedField[];
  readonly differing: readonly string[];
  readonly notRecorded: readonly string[];
}

/** Null has a meaning here: the server decides. */
const LEFT_TO_SERVER = new Set(['top_p', 'max_tokens']);
const SAMPLING_FIELDS = ['temperature', 'top_p', 'max_tokens', 'sampling_seed_mode'] as const;

/** Compares sampling settings, judge and served model between the runs of a model. A run without a judge is missing a value, which is judged there. */
export function checkConditions(runs: readonly ModelRun[]): Conditions {
  const sampling = SAMPLING_FIELDS.map((name) => recordField(name, runs, (run) => readSampling(run, name)));
  const judge = recordField('judge', runs, readJudge);
  const cards = [readCards(runs, 'model_card_before'), readCards(runs, 'model_card_after')];
  const served = recordField('model_card_digest', both(runs, cards), ({ value }) => value);
  return {
    sampling,
    cards,
    differing: [
      ...sampling.filter((field) => differs(field) || isPinned(field)).map(({ field }) => field),
      ...(differs(judge) ? ['judge'] : []),
      ...(differs(served) ? [served.field] : []),
    ],
    notRecorded: [...sampling, served].filter((field) => !isRecordedByAll(field)).map(({ field }) => field),
  };
}

function readSampling({ file }: ModelRun, name: string): string | null {
  const value = file.manifest?.value[name];
  return value === null && LEFT_TO_SERVER.has(name) ? 'left to the server' : showRecorded(value);
}

/** Runs that share one seed repeat each other instead of measuring the deployed settings again. */
function isPinned({ field, values }: RecordedField): boolean {
  return field === 'sampling_seed_mode' && values.some(({ value }) => value === 'fixed');
}

function readCards(runs: readonly ModelRun[], field: string): RecordedField {
  return recordField(field, runs, ({ summary }) => cardDigestOf(summary.value[field]));
}

/** Every reading of a card: each run has two. */
function both(runs: readonly ModelRun[], cards: readonly RecordedField[]): { runId: string; value: string | null }[] {
  return cards.flatMap(({ values }) => values.flatMap(({ value, run_ids }) => run_ids.map((runId) => ({ runId, value }))));
}
