import type { RecordedField } from '../../schemas/determinism-report.ts';
import type { RunFile } from '../shared/run-file.ts';
import { readItems } from './items.ts';
import { differs, recordField } from './recorded-field.ts';

/** Question id to golden, over all models and modes of a run. */
interface Asked {
  readonly runId: string;
  readonly goldens: ReadonlyMap<string, string | null>;
}

const MOST_SHOWN = 10;

/**
 * What differs between the questions that the items of runs show: a question with another golden, and, where no hash of the questions is recorded,
 * questions of which each of two runs has some that the other lacks. A run that only lacks some is left to its denominator.
 */
export function findQuestionDifferences(files: readonly RunFile[], isHashRecorded: boolean): RecordedField[] {
  const asked = files.map(questionsOf).filter(({ goldens }) => goldens.size > 0);
  return [...findOtherGoldens(asked), ...(isHashRecorded ? [] : findOtherQuestions(asked))];
}

function questionsOf({ runId, summaries }: RunFile): Asked {
  const goldens = new Map<string, string | null>();
  for (const { qaId, golden } of summaries.flatMap(readItems)) if (golden !== null || !goldens.has(qaId)) goldens.set(qaId, golden);
  return { runId, goldens };
}

function findOtherGoldens(asked: readonly Asked[]): RecordedField[] {
  const ids = [...new Set(asked.flatMap(({ goldens }) => [...goldens.keys()]))].sort();
  const differing = ids.flatMap((id) => {
    const field = recordField(
      `golden_event_id of ${id}`,
      asked.filter(({ goldens }) => goldens.has(id)),
      ({ goldens }) => goldens.get(id) ?? null,
    );
    return differs(field) ? [field] : [];
  });
  return differing.slice(0, MOST_SHOWN);
}

function findOtherQuestions(asked: readonly Asked[]): RecordedField[] {
  const isApart = asked.some((left) => asked.some((right) => hasMore(left, right) && hasMore(right, left)));
  return isApart ? [recordField('qa_id', asked, ({ goldens }) => describeIds([...goldens.keys()].sort()))] : [];
}

function hasMore(left: Asked, right: Asked): boolean {
  return [...left.goldens.keys()].some((id) => !right.goldens.has(id));
}

function describeIds(ids: readonly string[]): string {
  return ids.length <= MOST_SHOWN ? ids.join(', ') : `${ids.slice(0, MOST_SHOWN).join(', ')} and ${ids.length - MOST_SHOWN} more`;
}
