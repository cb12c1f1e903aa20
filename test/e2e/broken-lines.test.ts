import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunSummary } from '../../schemas/run-summary.ts';
import type { QuarantineRow } from '../../schemas/export-rows.ts';
import { startLauter } from '../support/lauter-command.ts';
import { makeTestSpace, type TestSpace } from '../support/test-space.ts';
import { chatLines, fileOf } from '../support/trace-corpus.ts';

const MAX_RECORD_BYTES = 4_096;
const GOOD = chatLines(41);

let space: TestSpace;
let summary: RunSummary;
let quarantined: QuarantineRow[];

beforeAll(async () => {
  space = makeTestSpace();
  space.trace('desk.jsonl', brokenFile());
  const workspace = space.workspace({
    distill: { max_record_bytes: MAX_RECORD_BYTES },
    sources: [{ name: 'desk', adapter: 'openai-chat', paths: ['../traces/desk.jsonl'] }],
  });
  const { code, out, err } = await startLauter(['distill', 'run-all', '--workspace', workspace, '--json']).ended;
  expect(code, err).toBe(0);
  summary = JSON.parse(out) as RunSummary;
  const lines = readFileSync(join(summary.paths.exports, 'quarantine', 'materialize.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');
  quarantined = lines.map((line) => JSON.parse(line) as QuarantineRow);
});
afterAll(() => space.clear());

/** Forty good lines; after every eighth of them comes one that is not, and the last line has no end. */
function brokenFile(): Buffer {
  const eights = [0, 8, 16, 24, 32].map((from) => Buffer.from(fileOf(GOOD.slice(from, from + 8))));
  const long = JSON.stringify({ messages: [{ role: 'user', content: 'tide '.repeat(MAX_RECORD_BYTES / 5) }] });
  const notUtf8 = Buffer.from(GOOD[40]!);
  notUtf8[notUtf8.indexOf('support desk')] = 0xff;
  return Buffer.concat([
    eights[0]!,
    Buffer.from('{"messages":[{"role":"user","content":"Is the ferry late\n'),
    eights[1]!,
    Buffer.from(`${long}\n`),
    eights[2]!,
    Buffer.from('"the harbour is closed today"\n\n'),
    eights[3]!,
    notUtf8,
    Buffer.from('\n'),
    eights[4]!,
    Buffer.from(GOOD[40]!.slice(0, 200)),
  ]);
}

test('each line that cannot be read is quarantined with its reason and its place', () => {
  const places = quarantined.map(({ reason, set, evidence_id, provenance }) => ({ reason, set, evidence_id, ...provenance }));
  const row = (reason: string, line: number) => ({
    reason,
    set: 'materialize',
    evidence_id: null,
    source_file: '../traces/desk.jsonl',
    locator: { line },
    line_offset: line,
  });
  // Lines count from 0; the blank line at 27 is no record.
  expect(places).toMatchObject([
    row('broken_json', 8),
    row('too_large', 17),
    row('not_an_object', 26),
    row('not_utf8', 36),
    row('truncated_line', 45),
  ]);
});

test('the rest goes on', () => {
  expect(summary.sources).toMatchObject([{ records: 45, evidence: 40, quarantined: 5 }]);
  expect(Object.values(summary.categories).reduce((sum, rows) => sum + rows, 0)).toBe(40);
  expect(summary.quarantined).toMatchObject({ broken_json: 1, too_large: 1, not_an_object: 1, not_utf8: 1, truncated_line: 1 });
});

test('what a reason says in words holds nothing of the line itself beyond what was redacted', () => {
  for (const { detail } of quarantined) expect(detail).not.toBe('');
  expect(quarantined[1]?.detail).toMatch(/^expected at most 4096 bytes, found \d+$/);
});
