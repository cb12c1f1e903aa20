import type { RunReport } from '../../schemas/run-report.ts';
import { EXPORT_SETS, QUARANTINE_REASONS } from '../../schemas/vocabulary.ts';
import type { Category } from '../../schemas/vocabulary.ts';
import type { Tone } from '../shared/palette.ts';

/** Where a row was set aside, as the report says it. */
export type QuarantineSet = RunReport['quarantine'][number]['set'];

export const SET_LABELS: Readonly<Record<QuarantineSet, string>> = {
  materialize: 'While reading',
  rag: 'RAG',
  sft: 'SFT',
  preference: 'Preference',
};

export const SET_ORDER: readonly QuarantineSet[] = ['materialize', ...EXPORT_SETS];

/** The categories from good to bad, what waits for a human between them: the order of every picture and table. */
export const CATEGORY_ORDER: readonly { category: Category; label: string; shortLabel: string; tone: Tone }[] = [
  { category: 'accepted', label: 'Accepted', shortLabel: 'Accepted', tone: 'accepted' },
  { category: 'partially_accepted', label: 'Partially accepted', shortLabel: 'Partially', tone: 'partial' },
  { category: 'needs_human_review', label: 'Needs human review', shortLabel: 'Needs review', tone: 'review' },
  { category: 'rejected', label: 'Rejected', shortLabel: 'Rejected', tone: 'rejected' },
];

/** The sentence of a quarantine reason; empty for a reason of another version of the list. */
export function describeQuarantine(reason: string): string {
  return QUARANTINE_SENTENCES.get(reason) ?? '';
}

const QUARANTINE_SENTENCES: ReadonlyMap<string, string> = new Map(Object.entries(QUARANTINE_REASONS));
