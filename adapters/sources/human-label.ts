import type { JsonValue } from '../../domain/shared/json.ts';
import type { VerdictWord } from '../../schemas/vocabulary.ts';
import { outcomeOf } from './drafts.ts';
import type { EvidenceDraft } from './source-adapter.ts';

/** The words a human's label may be. */
export const LABELS = ['accepted', 'rejected', 'partial'] as const;
export type Label = (typeof LABELS)[number];

const VERDICTS: ReadonlyMap<JsonValue, VerdictWord> = new Map<Label, VerdictWord>([
  ['accepted', 'yes'],
  ['rejected', 'no'],
  ['partial', 'partial'],
]);
const VALUES: Readonly<Record<VerdictWord, number>> = { yes: 1, no: 0, partial: 0.5 };

/** What a label says, or undefined when it is none of the known words. */
export function verdictOfLabel(label: JsonValue): VerdictWord | undefined {
  return VERDICTS.get(label);
}

/** The outcome of an attempt of which only a human's verdict is known: 1, 0, or 0.5 for partial. */
export function outcomeOfVerdict(verdict: VerdictWord): EvidenceDraft['outcome'] {
  return outcomeOf(VALUES[verdict], 'human');
}
