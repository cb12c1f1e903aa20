import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generateChatCorpus } from '../../domain/samples/chat-corpus.ts';
import { runAll } from './measure-run.ts';

const TWO_GIB = 2 ** 31;
const LONG_LINE_BYTES = 64 << 20;

/** A file of 2 GiB, among its lines one of 64 MiB: read in memory that does not grow with it. */
test('large file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lauter-bench-'));
  try {
    const file = join(folder, 'chat.jsonl');
    const { records } = writeLargeFile(file);
    const { seconds, usage, summary } = await runAll(join(folder, 'workspace'), file);
    process.stdout.write(
      `${(statSync(file).size / 2 ** 30).toFixed(2)} GiB, ${records} records: ${seconds.toFixed(0)} s, peak RSS ${usage.peakRssMb.toFixed(0)} MB; ` +
        `quarantined while reading: ${JSON.stringify(summary.sources[0])}\n`,
    );
    expect(summary.quarantined.too_large).toBe(1);
    expect(summary.sources[0]?.records).toBe(records);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Chat records whose answers are 256 KiB long, so that the file is large without taking all day. */
function writeLargeFile(path: string): { records: number } {
  const file = openSync(path, 'w');
  let [bytes, records] = [0, 0];
  for (const line of generateChatCorpus({ seed: 20260302, records: 1_000_000 })) {
    const record = JSON.parse(line) as { messages: { role: string; content: string }[] };
    const answer = record.messages.findLast((message) => message.role === 'assistant')!;
    answer.content = `${answer.content} `.repeat(Math.ceil((256 << 10) / (answer.content.length + 1)));
    bytes += writeSync(file, `${JSON.stringify(record)}\n`);
    records += 1;
    if (records === 1000) {
      bytes += writeSync(file, `{"messages":[{"role":"user","content":"${'x'.repeat(LONG_LINE_BYTES)}"}]}\n`);
      records += 1;
    }
    if (bytes > TWO_GIB) break;
  }
  closeSync(file);
  return { records };
}
