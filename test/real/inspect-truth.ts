import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { DATA } from './real-data.ts';

/** Folder of the logs. */
export const INSPECT_LOGS = join(DATA, 'trace-inspect-logs');

/** A log as the tests themselves parse it: only what holds the truth, and the words, is named. */
export interface InspectLog {
  status: string;
  eval: { task: string; created: string };
  samples?: InspectSample[];
}

export interface InspectSample {
  id: string | number;
  epoch: number;
  messages: { role: string; content: unknown }[];
  scores?: Record<string, { value: unknown }>;
  error?: unknown;
  attachments?: Record<string, string>;
  transcript?: { content: Record<string, string> };
}

/** A sample, and where it stands: a JSON pointer, or the member of an archive. */
export interface PlacedSample {
  readonly file: string;
  readonly place: string;
  readonly log: InspectLog;
  readonly sample: InspectSample;
}

/** What the score means: C of a scorer that compares, C of one that asks a model, and a log that broke off. */
export function categoryMeantBy({ status }: InspectLog, sample: InspectSample): string {
  if (!sample.messages.some(({ role }) => role === 'assistant')) return 'rejected';
  if (status !== 'success' || sample.error !== undefined) return 'needs_human_review';
  const [score, ...more] = Object.entries(sample.scores ?? {});
  if (more.length > 0) throw new Error('expected logs with one scorer');
  if (score === undefined) return 'needs_human_review';
  const isRight = score[1].value === 'C' || score[1].value === 1;
  if (!isRight) return 'rejected';
  return score[0].startsWith('model_graded') ? 'partially_accepted' : 'accepted';
}

/** Paths of the logs below their folder. */
export function inspectLogFiles(): string[] {
  const entries = readdirSync(INSPECT_LOGS, { recursive: true, encoding: 'utf8' });
  return entries.filter((name) => /\.(?:json|eval)$/.test(name)).sort();
}

export function inspectSamplesIn(file: string): PlacedSample[] {
  const bytes = readFileSync(join(INSPECT_LOGS, file));
  if (!file.endsWith('.eval')) {
    const log = JSON.parse(bytes.toString()) as InspectLog;
    return (log.samples ?? []).map((sample, index) => ({ file, place: `/samples/${index}`, log, sample }));
  }
  const members = unzip(bytes);
  const log = members.get('header.json') as InspectLog;
  return [...members]
    .filter(([name]) => name.startsWith('samples/'))
    .map(([place, sample]) => ({ file, place, log, sample: sample as InspectSample }));
}

/** The members of a zip by its directory, which begins where the last 22 bytes say. All of these logs are packed with deflate. */
function unzip(bytes: Buffer): Map<string, unknown> {
  const members = new Map<string, unknown>();
  let at = bytes.readUInt32LE(bytes.length - 6);
  for (let left = bytes.readUInt16LE(bytes.length - 12); left > 0; left -= 1) {
    const packed = bytes.readUInt32LE(at + 20);
    const [name = 0, extra = 0, comment = 0] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field));
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const text = inflateRawSync(bytes.subarray(start, start + packed)).toString();
    members.set(bytes.subarray(at + 46, at + 46 + name).toString(), JSON.parse(text));
    at += 46 + name + extra + comment;
  }
  return members;
}
