import type { DeterminismCauseFinding, RecordedField } from '../../schemas/determinism-report.ts';
import type { CauseState } from '../../schemas/vocabulary.ts';
import type { Conditions } from './conditions.ts';
import type { ModelRun } from './model-runs.ts';
import { differs, isRecordedByAll, recordField, showRecorded } from './recorded-field.ts';

/** How the deltas of a model lie to their budgets; `unknown` where a value is missing or invalid. */
export type BudgetState = 'within' | 'above' | 'unknown';

/** What may have made a model fail, in the order in which it is looked at, each with what the runs record about it. */
export function findCauses(
  runs: readonly ModelRun[],
  conditions: Conditions,
  budgets: BudgetState,
  spreads: readonly RecordedField[],
): DeterminismCauseFinding[] {
  const inputs = ['corpus_content_hash', 'qa_content_hash'].map((name) =>
    recordField(name, runs, ({ file }) => showRecorded(file.manifest?.value[name])),
  );
  // A run without an overlay records none.
  const overlay = recordField('overlay_hash', runs, ({ file }) => showRecorded(file.manifest?.value.overlay_hash) ?? 'none');
  if (differs(overlay)) inputs.push(overlay);
  const isModelChanged = conditions.differing.includes('model_card_digest');
  const known: DeterminismCauseFinding[] = [
    { cause: 'model_changed', state: isModelChanged ? 'found' : stateOf(conditions.cards), evidence: [...conditions.cards] },
    { cause: 'inputs_changed', state: stateOf(inputs), evidence: inputs },
    { cause: 'sampling_changed', state: stateOf(conditions.sampling), evidence: [...conditions.sampling] },
  ];
  const areOthersRuledOut = known.every(({ state }) => state === 'ruled out');
  return [...known, { cause: 'nondeterminism', state: stateOfChance(budgets, areOthersRuledOut), evidence: [...spreads] }];
}

function stateOf(fields: readonly RecordedField[]): CauseState {
  if (fields.some(differs)) return 'found';
  return fields.every(isRecordedByAll) ? 'ruled out' : 'not recorded';
}

function stateOfChance(budgets: BudgetState, areOthersRuledOut: boolean): CauseState {
  if (budgets === 'within') return 'ruled out';
  if (budgets === 'unknown') return 'not recorded';
  return areOthersRuledOut ? 'found' : 'possible';
}
