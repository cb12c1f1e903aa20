import { isObject, type JsonValue } from '../domain/shared/json.ts';

/** The body of a request for embeddings. */
export function writeEmbeddingsRequest(model: string, texts: readonly string[]): string {
  return JSON.stringify({ model, input: texts, encoding_format: 'float' });
}

/**
 * One vector for each text, in the order of the texts, or the sentence that says why there are not as many. Values and lengths are given as they came, a
 * null as NaN: whether vectors can be compared is judged where they are.
 */
export function readEmbeddings(reply: JsonValue | undefined, texts: number): number[][] | string {
  if (!isObject(reply) || !Array.isArray(reply.data)) return 'the reply has no list of embeddings';
  if (reply.data.length !== texts) return `expected ${texts} embeddings, found ${reply.data.length}`;
  const vectors = Array<number[] | undefined>(texts).fill(undefined);
  for (const [place, entry] of reply.data.entries()) {
    if (!isObject(entry) || !Array.isArray(entry.embedding)) return 'an embedding is not a list of numbers';
    const vector = entry.embedding.map((value) => (typeof value === 'number' ? value : value === null ? Number.NaN : undefined));
    if (vector.includes(undefined)) return 'an embedding is not a list of numbers';
    vectors[typeof entry.index === 'number' ? entry.index : place] = vector as number[];
  }
  const isWhole = vectors.length === texts && vectors.every((vector) => vector !== undefined);
  return isWhole ? vectors : 'two embeddings have the same index, or one has an index beyond the texts';
}
