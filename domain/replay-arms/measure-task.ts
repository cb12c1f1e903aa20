import type { StudiedTask } from '../../schemas/replay-study.ts';
import { allAlike, countDistinct, exactAgreement, tokenAgreement } from './agreement.ts';
import { answeredRow, type ArmOutcome } from './arm-outcome.ts';
import { isWhollyGrounded, judgedAsRun } from './judge-answers.ts';

/** What the answers to one task have in common, `outcomes` repeat by repeat. Of an even number of answers half are no majority. */
export function measureTask(id: string, outcomes: readonly ArmOutcome[]): StudiedTask {
  const rows = outcomes.flatMap((outcome) => answeredRow(outcome) ?? []);
  const answers = rows.map(({ answer }) => answer);
  const passed = rows.filter(({ gate }) => gate.passed).length;
  return {
    id,
    answers: rows.length,
    passed,
    passes_by_majority: rows.length === 0 ? null : 2 * passed > rows.length,
    wholly_grounded: rows.map(judgedAsRun).filter(isWhollyGrounded).length,
    escalated: rows.filter(({ escalated }) => escalated).length,
    distinct_answers: countDistinct(answers),
    distinct_bundles: new Set(rows.map(({ bundle_digest }) => bundle_digest)).size,
    exact_agreement: exactAgreement(answers),
    token_agreement: tokenAgreement(answers),
    same_verdict: allAlike(rows.map(({ gate }) => gate.passed)),
    replay_ids: outcomes.map(({ row }) => row?.run_id ?? null),
  };
}
