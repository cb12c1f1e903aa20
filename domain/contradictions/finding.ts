import type { ContradictionFinding } from '../../schemas/contradiction-report.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import { digestOf } from './digest.ts';
import { pageKeyOf, type CandidatePair } from './pair.ts';
import type { JudgeVerdict } from './read-verdict.ts';
import { proposeResolution } from './resolve.ts';

/** Sixteen hexadecimal digits that a pair is known by in every run, as long as both texts and their pages stay what they are. */
export function findingId({ kind, a, b }: CandidatePair): string {
  const ends = [a, b].map((end) => canonicalJson([pageKeyOf(end), digestOf(end.text)]));
  return digestOf(canonicalJson([kind, ...ends.sort()])).slice(0, 16);
}

/** The finding of a verdict; null for one that finds nothing. */
export function findingOf(pair: CandidatePair, judged: JudgeVerdict): ContradictionFinding | null {
  const { verdict, severity, axis, confidence } = judged;
  if (verdict === 'no_contradiction') return null;
  const finding_id = findingId(pair);
  return { finding_id, ...pair, verdict, severity, axis, confidence, ...proposeResolution(finding_id, pair, judged) };
}
