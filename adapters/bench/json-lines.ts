import { isUtf8 } from 'node:buffer';
import type { JsonLine } from '../../domain/shared/json-line.ts';
import { parseRecord } from '../../domain/shared/parse-record.ts';
import { readLinesOf } from '../file-lines.ts';

/** Bytes that a line may have. */
const MAX_LINE_BYTES = 64 << 20;

/** The lines of a file of JSON lines that are not blank, each parsed strictly; `look` sees every byte. A line that is too long ends the reading. */
export async function* readJsonLines(path: string, look: (piece: Uint8Array) => void = () => undefined): AsyncIterable<JsonLine> {
  for await (const { line, bytes, isTooLong } of readLinesOf(path, MAX_LINE_BYTES, look)) {
    if (isTooLong) yield { line, ok: false, fault: `a line of more than ${MAX_LINE_BYTES} bytes` };
    else if (!isUtf8(bytes)) yield { line, ok: false, fault: 'bytes that are not UTF-8' };
    else {
      const text = Buffer.from(bytes).toString();
      if (text.trim() === '') continue;
      const parsed = parseRecord(text);
      yield parsed.ok ? { line, ok: true, value: parsed.value } : { line, ok: false, fault: FAULTS[parsed.fault] };
    }
  }
}

/** What the parser's words mean to a reader. They hold nothing of the line. */
const FAULTS = {
  broken_json: 'a line that is not JSON',
  duplicate_key: 'an object that names a key twice',
  not_finite: 'a number that is not finite',
  too_deep: 'nesting that is too deep',
  lone_surrogate: 'half of a surrogate pair',
} as const;
