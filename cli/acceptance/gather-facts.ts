import { cpSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { AcceptanceFacts } from '../../domain/acceptance/index.ts';
import { scoreEvidence } from '../../domain/score/index.ts';
import { exportFacts } from './export-facts.ts';
import { lakeFacts, type Scorer } from './lake-facts.ts';
import { leakFacts } from './leak-facts.ts';
import { receiptFacts, verifyRun, type Verify } from './receipt-facts.ts';
import { rereadFacts, rereadSft, type Reread } from './reread-facts.ts';
import { digestFacts, statedCategories } from './run-documents.ts';
import { signatureFacts } from './signature-facts.ts';
import type { AcceptanceSpace, DoneRuns } from './space.ts';
import { traceFacts } from './trace-facts.ts';

/** What the facts are gathered with; each may be another one where a test shows that a fault in it would be found. */
export interface Hands {
  readonly score: Scorer;
  readonly reread: Reread;
  readonly verify: Verify;
}

export const OWN_HANDS: Hands = { score: scoreEvidence, reread: rereadSft, verify: verifyRun };

/** Reads everything that the invariants are judged by from what the runs left on disk. The space is as it was when it is done. */
export async function gatherFacts(
  space: AcceptanceSpace,
  runs: DoneRuns,
  tell: (step: string) => void = () => undefined,
  hands: Hands = OWN_HANDS,
): Promise<AcceptanceFacts> {
  const { planted, main, shuffled, config } = space;
  tell('reading what the runs left');
  const lake = await lakeFacts(main, runs.main, config.distill.partial_min, hands.score);
  const exported = exportFacts(main, runs.main);
  tell('tracing every exported row, searching for what was planted, changing bytes of a copy');
  const [traces, leaks, ofCopy] = await Promise.all([
    traceFacts(main, runs.main, exported),
    leakFacts(space, planted, runs.said),
    copyFacts(space, runs.main, hands),
  ]);
  return {
    planted,
    signatures: signatureFacts(space.fixture, planted),
    ...lake,
    stated: statedCategories(main, runs.main),
    ...exported,
    sftWithPartial: exportFacts(main, runs.partial).sft,
    traces,
    leaks,
    ...ofCopy,
    digests: digestFacts({ workspace: main, runId: runs.main }, { workspace: shuffled, runId: runs.shuffled }),
  };
}

/** What changing files comes to; the files that are changed are those of a copy. */
async function copyFacts(
  { root, main, config }: AcceptanceSpace,
  runId: string,
  { reread, verify }: Hands,
): Promise<Pick<AcceptanceFacts, 'reread' | 'receipts'>> {
  const copy = join(root, 'copy');
  cpSync(main, copy, { recursive: true, verbatimSymlinks: true, filter: (path) => basename(path) !== 'temporal' });
  try {
    return {
      reread: await rereadFacts(copy, runId, config.distill, reread),
      receipts: await receiptFacts(main, copy, runId, verify),
    };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
