import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../../adapters/digest.ts';
import { readQuestionRows } from '../../../adapters/files/question-rows.ts';
import { evalRecord, questionRow } from '../../support/compared-arms.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function read(lines: readonly unknown[], changes: Parameters<typeof evalRecord>[0] = {}) {
  const text = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
  const folder = temporaryFolder({ 'balanced.rows.ndjson': text });
  return readQuestionRows(
    join(folder, 'balanced.rows.ndjson'),
    'balanced.rows.ndjson',
    evalRecord({ rows_sha256: sha256(text), ...changes }),
  );
}

const ROW = questionRow('q1', { mrr: 1 });

test('rows of a record come without what they retrieved, and with what others wrote into them', async () => {
  const long = { ...ROW, retrieved: [{ key: 'default::tides', score: 1, rank: 1 }], weather: 'calm' };
  expect(await read([long, '', questionRow('q2', { mrr: null })])).toEqual({
    ok: true,
    questions: [{ ...ROW, weather: 'calm' }, questionRow('q2', { mrr: null })],
    superseded: 0,
  });
});

test('the last attempt of a question counts, in whatever order they stand', async () => {
  const again = { ...ROW, attempt: 3, metrics: { mrr: 0 } };
  expect(await read([{ ...ROW, attempt: 2 }, again, ROW])).toMatchObject({ ok: true, questions: [again], superseded: 2 });
});

describe('refused is', () => {
  test('a question that comes twice, with both lines', async () => {
    expect(await read([ROW, questionRow('q2', {}), ROW])).toMatchObject({
      ok: false,
      expected: 'each question once',
      found: 'q1 on lines 1 and 3 of balanced.rows.ndjson',
    });
  });

  test('a file with other bytes than the ledger names', async () => {
    const named = sha256('something else');
    expect(await read([ROW], { rows_sha256: named })).toMatchObject({
      ok: false,
      expected: `the rows that the ledger names, sha256 ${named}`,
    });
  });

  test('a file that is not there', async () => {
    const path = join(temporaryFolder(), 'none.ndjson');
    expect(await readQuestionRows(path, 'none.ndjson', evalRecord())).toMatchObject({ ok: false, found: 'none at none.ndjson' });
  });

  test('a row of another run', async () => {
    expect(await read([{ ...ROW, run_uid: 'run-tokenmax' }])).toMatchObject({
      ok: false,
      expected: 'rows of run run-balanced',
      found: 'one of run-tokenmax on balanced.rows.ndjson:1',
    });
  });

  test.each([
    ['no JSON', 'low tide', 'something else on balanced.rows.ndjson:2 (no JSON object)'],
    ['no row', { ...ROW, outcome: 'lucky' }, 'something else on balanced.rows.ndjson:2 (at outcome)'],
  ])('a line that is %s, without telling what it holds', async (_what, line, found) => {
    expect(await read([questionRow('q0', {}), line])).toMatchObject({ ok: false, expected: 'rows of questions', found });
  });
});
