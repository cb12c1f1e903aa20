import type { ContradictionEnd } from '../../schemas/contradiction-report.ts';
import type { ResolutionKind } from '../../schemas/vocabulary.ts';
import { pageKeyOf, type CandidatePair } from './pair.ts';
import type { JudgeVerdict } from './read-verdict.ts';
import { quoted } from '../shared/quoted.ts';

/** What can be done about a finding, and the command that notes it. */
export interface Resolution {
  readonly resolution_kind: ResolutionKind;
  readonly resolution_command: string;
}

const BY_VERDICT: Partial<Readonly<Record<JudgeVerdict['verdict'], ResolutionKind>>> = {
  temporal_supersession: 'temporal_supersede',
  temporal_regression: 'flag_for_review',
  temporal_evolution: 'log_timeline_change',
};

/** Pages about a thing itself, which are worth writing anew. */
const CURATED = /^(?:people|companies|deals|concepts|originals|writing)\//i;

/** What to do: a take gives way to its page, what time has changed is noted as such, a curated page is written anew, and the rest is looked at by a person. */
export function proposeResolution(
  findingId: string,
  { kind, a, b }: CandidatePair,
  { verdict, resolution_kind: hint }: JudgeVerdict,
): Resolution {
  const curated = [a, b].find(({ slug }) => CURATED.test(slug));
  const timely = BY_VERDICT[verdict];
  if (kind === 'intra_page_chunk_take') return resolve(findingId, 'takes_supersede', b, b.take_row_num);
  if (timely !== undefined) return resolve(findingId, timely, a, null);
  if (hint === 'takes_mark_debate' || curated === undefined) return resolve(findingId, 'manual_review', a, null);
  return resolve(findingId, 'dream_synthesize', curated, null);
}

function resolve(findingId: string, as: ResolutionKind, page: ContradictionEnd, row: number | null): Resolution {
  const words = ['lauter', 'eval', 'contradictions', 'review', '--resolve', findingId, '--as', as, '--page', pageKeyOf(page)];
  return { resolution_kind: as, resolution_command: [...words, ...(row === null ? [] : ['--row', String(row)])].map(quoted).join(' ') };
}
