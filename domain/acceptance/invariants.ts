import { checkReceipts, checkSecondRun, checkTraces } from './chain-checks.ts';
import { checkAccounting, checkSignatures, checkUniqueness, checkValidity } from './evidence-checks.ts';
import { checkPartialSft, checkRag, checkReread, checkSetAccounting, checkStrictSft } from './export-checks.ts';
import type { AcceptanceFacts, Finding } from './facts.ts';
import { checkPairOrder, checkPairTexts, checkSelfPairs } from './pair-checks.ts';
import { checkCategories, checkOneScoreEach, checkPositiveTruth, checkRescoring, checkUnlabelled } from './score-checks.ts';
import { checkSecrets } from './secret-checks.ts';
import { checkSplits } from './split-checks.ts';

/** Something that must hold of every run over the acceptance fixture. */
export interface Invariant {
  readonly number: number;
  readonly name: string;
  /** What is found when it holds. */
  readonly expected: string;
  /** What speaks against it; empty when it holds. */
  check(facts: AcceptanceFacts): readonly Finding[];
}

/** The invariants, in the order of the pipeline. docs/acceptance.md says what the failure of each means. */
export const INVARIANTS: readonly Invariant[] = [
  { number: 1, name: 'records = evidence + quarantined, per file', expected: 'equal in every file', check: checkAccounting },
  { number: 2, name: 'every evidence row validates', expected: 'no row that its schema refuses', check: checkValidity },
  { number: 3, name: 'sig_hash recomputes from the source', expected: 'the signature of what stands there', check: checkSignatures },
  { number: 4, name: 'evidence ids are unique, exact duplicates collapse', expected: 'one row for each record', check: checkUniqueness },
  { number: 5, name: 'one scored run for each evidence row', expected: 'one each', check: checkOneScoreEach },
  { number: 6, name: 'four categories, and the counts add up', expected: 'the counts that were planted', check: checkCategories },
  { number: 7, name: 'scoring twice gives the same digest', expected: 'the same digest', check: checkRescoring },
  { number: 8, name: 'nothing is accepted without positive truth', expected: 'no such row', check: checkPositiveTruth },
  { number: 9, name: 'unlabelled sources yield no accepted row', expected: 'no such row', check: checkUnlabelled },
  { number: 10, name: 'RAG holds only accepted and partially accepted', expected: 'no other row', check: checkRag },
  { number: 11, name: 'strict SFT holds only accepted', expected: 'no other row', check: checkStrictSft },
  { number: 12, name: '--include-partial adds only partially accepted', expected: 'no other row', check: checkPartialSft },
  { number: 13, name: 'a forbidden row planted on disk is caught on re-read', expected: 'each of them named', check: checkReread },
  { number: 14, name: 'no self-pairs', expected: 'none', check: checkSelfPairs },
  { number: 15, name: 'no pairs of identical texts', expected: 'none', check: checkPairTexts },
  { number: 16, name: 'every pair: same task, strictly better chosen, no ties', expected: 'no other pair', check: checkPairOrder },
  { number: 17, name: 'eligible = exported + quarantined, per set', expected: 'equal in every set', check: checkSetAccounting },
  { number: 18, name: 'every exported row traces to its source line', expected: 'every link holds', check: checkTraces },
  { number: 19, name: 'no duplicate, near-duplicate or task straddles splits', expected: 'none', check: checkSplits },
  { number: 20, name: 'no planted secret or personal datum survives', expected: 'none in any output, report or log', check: checkSecrets },
  { number: 21, name: 'a second run gives identical digests', expected: 'identical', check: checkSecondRun },
  {
    number: 22,
    name: 'the receipt chain closes and a flipped byte is detected',
    expected: 'every changed file named',
    check: checkReceipts,
  },
];
