import { readPreferences, readScores, type JudgeAnswer, type JudgeCall } from '../../domain/panel/index.ts';
import { OverBudgetError } from '../../domain/shared/errors.ts';
import { askPaid, type KeptCalls, type PaidCall } from '../ask-paid.ts';
import type { PanelSetup } from '../panel-contract.ts';
import { keyOf, questionOf } from './judge-question.ts';
import { answeredName, failedName } from './kept-names.ts';
import type { WrittenPlan } from './plan.ts';
import type { PanelWorld } from './world.ts';

/**
 * Asks one judge. What it answered is kept before this returns, and so is that it gave no answer: who asks again in the same run asks nobody. An answer
 * that a run of the same left behind is taken over, as long as it says something. Rejects as `askPaid` does, but for the cap.
 */
export async function askJudge(
  world: PanelWorld,
  { setup, plan }: { readonly setup: PanelSetup; readonly plan: WrittenPlan },
  call: JudgeCall,
  signal: AbortSignal,
): Promise<JudgeAnswer> {
  const { files } = world;
  const { messages } = questionOf(setup, plan.items[call.item]!, call);
  const key = keyOf(world.sha256, setup, call, messages);
  if (files.has(setup.run_id, failedName(key))) return { state: 'failed' };
  const judge = setup.judges.find(({ id }) => id === call.judge)!;
  const isSound = ({ text }: PaidCall): boolean =>
    (call.position === 'scores' ? readScores(text, setup.dimensions) : readPreferences(text, setup.dimensions)).ok;
  const desk = {
    kept: keptBy(files, setup.run_id, plan.earlier, isSound),
    budget: world.budget(setup),
    model: world.chatModel(judge, setup),
    wait: world.wait,
  };
  const question = { lane: 'judge', server: judge, messages, maxTokens: setup.max_tokens, key } as const;
  const timed = setup.call_timeout_ms === undefined ? question : { ...question, timeoutMs: setup.call_timeout_ms };
  try {
    const answer = await askPaid(desk, timed, signal);
    if (answer.state === 'failed') files.write(setup.run_id, failedName(key), answer);
    return { state: answer.state };
  } catch (error) {
    if (error instanceof OverBudgetError) return { state: 'over_budget' };
    throw error;
  }
}

function keptBy(files: PanelWorld['files'], own: string, earlier: readonly string[], isSound: (call: PaidCall) => boolean): KeptCalls {
  const readFrom = (id: string, key: string): PaidCall[] =>
    files.has(id, answeredName(key)) ? [files.read<PaidCall>(id, answeredName(key))] : [];
  return {
    find(key) {
      const [found] = readFrom(own, key);
      if (found !== undefined) return found;
      const left = earlier.flatMap((id) => readFrom(id, key)).find(isSound);
      // Its own from now on: what is read at the end stands in one place.
      if (left !== undefined) files.write(own, answeredName(key), left);
      return left;
    },
    keep: (key, call) => files.write(own, answeredName(key), call),
  };
}
