import type { ReplayRow } from '../../schemas/baseline.ts';
import type { CapturedQuestion } from './suite-plan.ts';

/** Captured rows as questions. Each goes by its id, else by the hash of its query, else by its place; what comes twice gets a number behind it. */
export function capturedQuestions(rows: readonly ReplayRow[]): CapturedQuestion[] {
  const times = new Map<string, number>();
  return rows.map((row, place) => {
    const { id, query_hash: hash, conversation_id: conversation } = row;
    const name = String(id ?? hash ?? `row-${place + 1}`);
    const count = (times.get(name) ?? 0) + 1;
    times.set(name, count);
    return {
      question_id: count === 1 ? name : `${name}#${count}`,
      clusters: typeof conversation === 'string' ? [conversation] : [],
      row,
    };
  });
}
