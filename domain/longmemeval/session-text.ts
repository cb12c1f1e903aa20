import type { LongMemEvalTurn } from '../../schemas/longmemeval-question.ts';

/** The whole text of a session: each turn behind the word for who speaks, with a blank line between. Nothing else of a turn gets here. */
export function sessionText(turns: readonly LongMemEvalTurn[]): string {
  return turns.map(({ role, content }) => `${speaker(role)}: ${content}`).join('\n\n');
}

function speaker(role: string): string {
  return /^[a-z]{1,20}$/i.test(role) ? role.toLowerCase() : 'other';
}
