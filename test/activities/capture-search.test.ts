import { expect, test } from 'vitest';
import { captureSearch } from '../../activities/capture-search.ts';
import type { CaptureLog } from '../../activities/search-ports.ts';
import type { NewCapturedRow } from '../../schemas/captured-row.ts';
import { answeredSearch } from '../support/answered-search.ts';

function recordingLog(broken: Partial<Record<keyof CaptureLog, unknown>> = {}) {
  const rows: NewCapturedRow[] = [];
  const failures: string[] = [];
  const log: CaptureLog = {
    append: async (row) => {
      if ('append' in broken) throw broken.append;
      rows.push(row);
    },
    noteFailure: async (reason) => {
      if ('noteFailure' in broken) throw broken.noteFailure;
      failures.push(reason);
    },
  };
  return { log, rows, failures };
}

const SCRUBBED = { isScrubbed: true };

test('a query is scrubbed before it is kept', async () => {
  const { log, rows, failures } = recordingLog();
  await captureSearch(log, answeredSearch({ query: 'boats of anna@harbour.example' }), SCRUBBED);
  expect(rows).toMatchObject([{ query: 'boats of [REDACTED]', scrub_counts: { email: 1 } }]);
  expect(failures).toEqual([]);
});

test('CAP-5: with scrubbing off it is kept as it was', async () => {
  const { log, rows } = recordingLog();
  await captureSearch(log, answeredSearch({ query: 'boats of anna@harbour.example' }), { isScrubbed: false });
  expect(rows).toMatchObject([{ query: 'boats of anna@harbour.example', scrub_counts: {} }]);
});

test('a query of 51,200 characters is kept, also when they take two units each', async () => {
  const { log, rows } = recordingLog();
  await captureSearch(log, answeredSearch({ query: 'p'.repeat(51_200) }), SCRUBBED);
  await captureSearch(log, answeredSearch({ query: '🍐'.repeat(51_200) }), SCRUBBED);
  expect(rows.map(({ query }) => query.length)).toEqual([51_200, 102_400]);
});

test.each([
  ['one character more', 'p'.repeat(51_201)],
  ['one pear more', '🍐'.repeat(51_201)],
  ['a query that grows when it is scrubbed', `${'p'.repeat(51_190)} 8.8.8.8`],
  ['a query without end', 'p'.repeat(3_000_000)],
])('%s is a check violation', async (_name, query) => {
  const { log, rows, failures } = recordingLog();
  await captureSearch(log, answeredSearch({ query }), SCRUBBED);
  expect({ rows, failures }).toEqual({ rows: [], failures: ['check_violation'] });
});

test('what cannot be scrubbed is not kept', async () => {
  const { log, rows, failures } = recordingLog();
  const scrub = () => {
    throw new RangeError('too deep');
  };
  await captureSearch(log, answeredSearch(), { isScrubbed: true, scrub });
  expect({ rows, failures }).toEqual({ rows: [], failures: ['scrubber_exception'] });
});

test('CAP-9: a refused row is noted with its reason', async () => {
  const { log, failures } = recordingLog({ append: Object.assign(new Error('denied'), { code: '42501' }) });
  await captureSearch(log, answeredSearch(), SCRUBBED);
  expect(failures).toEqual(['rls_reject']);
});

test.each([null, undefined, new Error('gone'), 'gone'])(
  'CAP-10: nothing is thrown when neither row nor failure can be written (%s)',
  async (error) => {
    const { log } = recordingLog({ append: error, noteFailure: error });
    await expect(captureSearch(log, answeredSearch(), SCRUBBED)).resolves.toBeUndefined();
  },
);
