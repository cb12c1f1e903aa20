import type { HeardMessage } from './pair-judge.ts';

/** A sentence that names nothing, so that nothing in it can be wrong. */
export const IN_GENERAL =
  'Ask the keeper first, do what the keeper says, and verify the water level with your own eyes before anybody moves.';
/** More than it was told: neither playbooks nor task know of any of it. */
const INVENTED =
  'All checks of quay/plan.md passed: a failure rate of 0.4 % against the limit of 5.5 %, and the water level was verified twice.';
const BY_HEART = 'Ring the bell as lock-house/bell.md says, wait 90 seconds, and verify the water level on both sides of the gate.';

/**
 * A model that is as good as what it is given: it quotes the first playbook of its prompt, and invents where there is none. What a task says at its end
 * changes that: "in general" names nothing in either case, "by heart" gets it right without a playbook, "in one word" gets too short an answer with
 * one and a general answer without, "in a hurry" gets too short an answer in either case.
 */
export function answerSteered(messages: readonly HeardMessage[]): string {
  const prompt = messages.at(-1)!.content;
  const task = prompt.slice(prompt.lastIndexOf('Task: '));
  const passage = /<passage id=[^>]*>\n?([\s\S]*?)<\/passage>/.exec(prompt)?.[1];
  if (task.endsWith('in a hurry')) return 'Yes.';
  if (task.endsWith('in general')) return IN_GENERAL;
  if (task.endsWith('in one word')) return passage === undefined ? IN_GENERAL : 'Yes.';
  if (passage !== undefined) return `The playbook says so: ${passage.trim()} Verify the water level on both sides, as it was done before.`;
  return task.endsWith('by heart') ? BY_HEART : INVENTED;
}
