import type { KeptAnswer } from '../../activities/search-ports.ts';
import { searchResponseSchema, type SearchResponse } from '../../schemas/search-response.ts';

/** What decides whether a kept answer serves. */
type AnswerTrace = Omit<KeptAnswer, 'response' | 'scope'>;

/** A line of five fields with tabs between them: scope, moment, vector, query, answer. What comes first is read without what follows. */
export function writeAnswerLine({ scope, storedAtMs, vector, query, response }: KeptAnswer): Buffer {
  const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');
  // JSON has neither tabs nor line feeds of its own in one line.
  return Buffer.from([scope, storedAtMs, bytes, JSON.stringify(query), JSON.stringify(response)].join('\t'));
}

/** When an answer was kept, in milliseconds since the Unix epoch; NaN for a line that is none. */
export function readStoredAtMs(line: Buffer): number {
  const from = line.indexOf(TAB) + 1;
  const moment = line.subarray(from, line.indexOf(TAB, from)).toString('latin1');
  return /^\d{1,16}$/.test(moment) ? Number(moment) : Number.NaN;
}

/** What is kept of a query of that scope; undefined for a line of another one, and for one that is none. */
export function readTrace(line: Buffer, scope: string): AnswerTrace | undefined {
  const storedAtMs = readStoredAtMs(line);
  if (Number.isNaN(storedAtMs) || line.subarray(0, line.indexOf(TAB)).toString('latin1') !== scope) return undefined;
  const [, , bytes, text] = fieldsOf(line);
  const query = text === undefined ? undefined : parsed(text);
  if (bytes === undefined || typeof query !== 'string') return undefined;
  const vector = Buffer.from(bytes.toString('latin1'), 'base64');
  return { storedAtMs, query, vector: new Float32Array(Uint8Array.from(vector).buffer, 0, Math.floor(vector.length / 4)) };
}

/** The answer of a line; undefined for what is none. */
export function readAnswer(line: Buffer): SearchResponse | undefined {
  const text = fieldsOf(line)[4];
  return text === undefined ? undefined : searchResponseSchema.safeParse(parsed(text)).data;
}

const TAB = 0x09;

function fieldsOf(line: Buffer): Buffer[] {
  const fields: Buffer[] = [];
  let from = 0;
  for (let tab = line.indexOf(TAB); tab >= 0; tab = line.indexOf(TAB, from)) {
    fields.push(line.subarray(from, tab));
    from = tab + 1;
  }
  return [...fields, line.subarray(from)];
}

function parsed(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString());
  } catch {
    return undefined;
  }
}
