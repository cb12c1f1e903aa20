import { readJudgeReply, type JudgeScores } from './read-reply.ts';

/** Why an item has no scores: nothing to judge, no reply, or none that could be read. */
export type UnscoredReason = 'no_output' | 'call_failed' | 'unreadable_reply';

/** Where the judging of one item stands. */
export type Judging =
  | { readonly state: 'asking'; readonly unreadable: number }
  | { readonly state: 'scored'; readonly scores: JudgeScores }
  | { readonly state: 'unscored'; readonly reason: UnscoredReason };

/** How often an item is asked about again when its reply cannot be read. */
const MAX_RETRIES = 1;

/** An item before its judge was asked; without an output there is nothing to ask about. */
export function startJudging(output: string | null): Judging {
  return output === null ? { state: 'unscored', reason: 'no_output' } : { state: 'asking', unreadable: 0 };
}

/** What a reply makes of it; null is a call that failed for good. A decided item stays as it is. */
export function takeJudgeReply(judging: Judging, reply: string | null): Judging {
  if (judging.state !== 'asking') return judging;
  if (reply === null) return { state: 'unscored', reason: 'call_failed' };
  const scores = readJudgeReply(reply);
  if (scores !== undefined) return { state: 'scored', scores };
  const unreadable = judging.unreadable + 1;
  return unreadable > MAX_RETRIES ? { state: 'unscored', reason: 'unreadable_reply' } : { state: 'asking', unreadable };
}
