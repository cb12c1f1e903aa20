import { canonicalJson } from '../shared/canonical-json.ts';
import type { JsonValue } from '../shared/json.ts';
import { isBlank } from '../shared/text.ts';
import type { Message } from '../../schemas/evidence.ts';

/** What a pair is trained on. */
export interface PairTurns {
  readonly prompt: readonly Message[];
  readonly prompt_from: 'shared_prefix' | 'task_text';
  readonly chosen: readonly Message[];
  readonly rejected: readonly Message[];
}

/**
 * Prompt and completions of a pair: the turns before the first divergence, cut back so that both sides go on with the assistant; or the task's
 * text where the conversations open differently (simulated users).
 */
export function turnsOfPair(chosen: readonly Message[], rejected: readonly Message[], taskText: string): PairTurns | undefined {
  let shared = 0;
  while (shared < chosen.length && shared < rejected.length && sameTurn(chosen[shared]!, rejected[shared]!)) shared += 1;
  while (shared > 0 && !(chosen[shared]?.role === 'assistant' && rejected[shared]?.role === 'assistant')) shared -= 1;
  const prefix = chosen.slice(0, shared);
  if (prefix.some((turn) => turn.role === 'user' && !isBlank(turn.content))) {
    return {
      prompt: prefix,
      prompt_from: 'shared_prefix',
      chosen: fromAssistant(chosen.slice(shared)),
      rejected: fromAssistant(rejected.slice(shared)),
    };
  }
  if (isBlank(taskText)) return undefined;
  const system = chosen.filter((turn) => turn.role === 'system');
  const [own, other] = [fromAssistant(chosen), fromAssistant(rejected)];
  if (own.length === 0 || other.length === 0) return undefined;
  return { prompt: [...system, { role: 'user', content: taskText }], prompt_from: 'task_text', chosen: own, rejected: other };
}

/** The turns from the first one of the assistant on, without trailing user turns that nobody answered. */
function fromAssistant(turns: readonly Message[]): readonly Message[] {
  const start = turns.findIndex((turn) => turn.role === 'assistant');
  return start === -1 ? [] : turns.slice(start, turns.findLastIndex((turn) => turn.role !== 'user') + 1);
}

function sameTurn(left: Message, right: Message): boolean {
  return canonicalJson(left as unknown as JsonValue) === canonicalJson(right as unknown as JsonValue);
}
