import type { JudgedQuery } from '../measures/index.ts';
import { asText, isObject } from '../shared/json.ts';
import { parseRecord } from '../shared/parse-record.ts';
import type { JudgedQuestion } from './suite-plan.ts';

/**
 * Judged queries as questions. `order` says where a query stands in the file of the texts; without it they stay as they are. `conversations` tells
 * which conversation a query is declared to be part of.
 */
export function judgedQuestions(
  queries: readonly JudgedQuery[],
  order: readonly string[],
  conversations: ReadonlyMap<string, string>,
): JudgedQuestion[] {
  const places = new Map(order.map((id, place) => [id, place]));
  const placeOf = ({ id }: JudgedQuery): number => places.get(id) ?? order.length;
  return queries
    .toSorted((left, right) => placeOf(left) - placeOf(right))
    .map(({ id, query, embeddingDim, grades }) => {
      const conversation = conversations.get(id);
      return {
        question_id: id,
        clusters: conversation === undefined ? [] : [conversation],
        question: query ?? '',
        embedding_dim: embeddingDim,
        grades: [...grades],
      };
    });
}

/** Conversations by id of the query, from JSON lines that name one in `conversation_id`, or in `metadata.conversation_id`. */
export function readConversations(text: string): ReadonlyMap<string, string> {
  const conversations = new Map<string, string>();
  for (const line of text.split('\n')) {
    const record = line.includes('"conversation_id"') ? parseRecord(line) : undefined;
    if (record?.ok !== true || !isObject(record.value)) continue;
    const { _id, id, query_id, conversation_id, metadata } = record.value;
    const name = asText(_id ?? id ?? query_id);
    const conversation = asText(conversation_id ?? (isObject(metadata) ? metadata.conversation_id : undefined));
    if (name !== undefined && conversation !== undefined) conversations.set(name, conversation);
  }
  return conversations;
}
