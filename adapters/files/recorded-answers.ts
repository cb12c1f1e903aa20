import { existsSync } from 'node:fs';
import { ConfigError } from '../../domain/shared/errors.ts';
import { recordedAnswerSchema, type RecordedAnswer } from '../../schemas/recorded-answer.ts';
import { parseJson } from '../parse-json.ts';
import { ledgerLines } from './ledger-lines.ts';

/** Recorded answers by the digest of what was asked; of several to one question the last one counts. ConfigError without a file, or with a line that is none. */
export async function readRecordedAnswers(path: string): Promise<ReadonlyMap<string, RecordedAnswer>> {
  if (!existsSync(path)) throw unusable(path, 'a file', 'none');
  const answers = new Map<string, RecordedAnswer>();
  let line = 0;
  for await (const { text } of ledgerLines(path)) {
    line += 1;
    if (text.trim() === '') continue;
    const answer = recordedAnswerSchema.safeParse(parseJson(text)).data;
    if (answer === undefined) throw unusable(`${path}:${line}`, 'a recorded-answer/1 row', 'something else');
    answers.set(answer.request_digest, answer);
  }
  return answers;
}

function unusable(place: string, expected: string, found: string): ConfigError {
  return new ConfigError(
    `reading recorded answers, on ${place}: expected ${expected}, found ${found}.`,
    'Name another file in the config (replay.recorded), or take another model with --model.',
  );
}
