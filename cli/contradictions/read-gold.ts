import { resolve } from 'node:path';
import { z } from 'zod';
import { readTextFile } from '../../adapters/gate/read-rows.ts';
import type { GoldPair } from '../../domain/contradictions/index.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { parseRecord } from '../../domain/shared/parse-record.ts';

const goldSchema = z.object({
  text_a: z.string().min(1),
  text_b: z.string().min(1),
  contradicts: z.boolean(),
  query: z.string().optional(),
});

/** Labelled pairs, one JSON object in a line: `text_a`, `text_b`, `contradicts`, and perhaps `query`. UsageError with the line of what is none. */
export function readGold(given: string, cwd: string): GoldPair[] {
  const lines = readTextFile(resolve(cwd, given), given).text.split(/\r?\n/);
  const pairs = lines.flatMap((line, at) => (line.trim() === '' ? [] : [pairIn(line, given, at + 1)]));
  if (pairs.length > 0) return pairs;
  throw new UsageError(`reading --gold ${given}: expected at least one labelled pair, found none.`, HOW_TO_WRITE, {
    flag: '--gold',
    file: given,
  });
}

const HOW_TO_WRITE = 'Write one on each line: {"text_a":"…","text_b":"…","contradicts":true}.';

function pairIn(line: string, file: string, number: number): GoldPair {
  const parsed = parseRecord(line);
  const { data } = goldSchema.safeParse(parsed.ok ? parsed.value : undefined);
  if (data === undefined) {
    throw new UsageError(
      `reading --gold ${file}, line ${number}: expected text_a, text_b and contradicts, found something else.`,
      HOW_TO_WRITE,
      { flag: '--gold', file, line: number },
    );
  }
  const { query, ...pair } = data;
  return query === undefined ? pair : { ...pair, query };
}
