import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appendHypotheses, readHypotheses, writeHypotheses } from '../../../adapters/longmemeval/hypothesis-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const row = (id: string, more = ''): string => `{"question_id":"${id}","hypothesis":"${more}"}`;
const pathIn = (folder: string): string => join(folder, 'below', 'rows.jsonl');

test('rows are appended whole, once each', () => {
  const path = pathIn(temporaryFolder());
  appendHypotheses(path, [row('pier'), row('buoy')]);
  appendHypotheses(path, [row('buoy', 'again'), row('reef')]);
  expect(readFileSync(path, 'utf8')).toBe(`${row('pier')}\n${row('buoy')}\n${row('reef')}\n`);
});

test('a line that was cut off goes before anything is appended, and its row comes again', () => {
  const path = pathIn(temporaryFolder());
  writeHypotheses(path, [row('pier')]);
  appendFileSync(path, row('buoy', 'half of it').slice(0, 30));
  appendHypotheses(path, [row('pier'), row('buoy', 'whole')]);
  expect(readFileSync(path, 'utf8')).toBe(`${row('pier')}\n${row('buoy', 'whole')}\n`);
});

test('reading tells a last line that was cut off, and keeps one that only lacks its line feed', () => {
  const path = join(temporaryFolder(), 'rows.jsonl');
  writeFileSync(path, `${row('pier')}\n\n${row('buoy')}`);
  expect(readHypotheses(path)).toMatchObject({ isLastCut: false, lines: [{ text: row('pier') }, { value: { question_id: 'buoy' } }] });
  writeFileSync(path, `${row('pier')}\n${row('buoy').slice(0, 20)}`);
  expect(readHypotheses(path)).toMatchObject({ isLastCut: true, lines: [{ text: row('pier') }] });
});

test('a broken line before others, and no file at all, are told by line and path', () => {
  const path = join(temporaryFolder(), 'rows.jsonl');
  expect(() => readHypotheses(path)).toThrow(/rows\.jsonl: expected a hypothesis file, found none/);
  writeFileSync(path, `${row('pier')}\n{"question\n${row('buoy')}\n`);
  expect(() => readHypotheses(path)).toThrow(/line 2/);
});
