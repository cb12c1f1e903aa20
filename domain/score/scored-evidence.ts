import type { Evidence } from '../../schemas/evidence.ts';

/** The parts of an evidence record that the rules look at. */
export type ScoredEvidence = Pick<Evidence, 'messages' | 'artifacts' | 'outcome' | 'signals' | 'origin'> & {
  readonly task: { readonly text: string };
};
