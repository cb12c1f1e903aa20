import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readQueries, type QueryOptions } from '../../../cli/contradictions/read-queries.ts';
import { UsageError } from '../../../domain/shared/errors.ts';
import { openCaptureStore } from '../../../adapters/search/capture-store.ts';
import { newCapturedRow } from '../../support/answered-search.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function read(options: QueryOptions, file?: string) {
  const cwd = temporaryFolder();
  if (file !== undefined) writeFileSync(join(cwd, 'queries.txt'), file);
  return readQueries(options, { cwd, workspace: cwd });
}

const MIXED = '\ufeff{"query":"when does the lock open"}\r\n\r\nwho keeps the orchard\n{"query":""}\n{"question":"lost"}\n{"query": torn\n';

test('a file holds queries as they are or as JSON; JSON lines that hold none are counted', () => {
  expect(read({ queriesFile: 'queries.txt' }, MIXED)).toEqual({
    queries: ['when does the lock open', 'who keeps the orchard'],
    malformed: 3,
    name: 'queries.txt',
  });
});

test('--limit takes the first so many', () => {
  expect(read({ queriesFile: 'queries.txt', limit: 1 }, MIXED).queries).toEqual(['when does the lock open']);
});

test.each<[string, QueryOptions]>([
  ['none', {}],
  ['--queries-file and --query', { queriesFile: 'queries.txt', query: 'tides' }],
  ['--query and --from-capture', { query: 'tides', fromCapture: true, entities: true }],
])('exactly one source of queries: %s is refused', (found, options) => {
  expect(() => read(options, 'tides')).toThrow(UsageError);
  expect(() => read(options, 'tides')).toThrow(found);
});

test('--entities needs no query', () => {
  expect(read({ entities: true }).queries).toEqual([]);
});

test.each(['', '\n\n', '{"query":7}\n'])('a file without a query is refused: %j', (file) => {
  expect(() => read({ queriesFile: 'queries.txt' }, file)).toThrow(/expected at least one query/);
});

test('a file that is not there is refused with its flag', () => {
  expect(() => read({ queriesFile: 'lost.txt' })).toThrow(/--queries-file lost\.txt/);
});

test('captured queries come once each, the last first', async () => {
  const workspace = temporaryFolder();
  const store = openCaptureStore(workspace);
  for (const query of ['tides', 'lock gates', 'tides']) await store.append(newCapturedRow({ query }));
  expect(readQueries({ fromCapture: true }, { cwd: workspace, workspace }).queries).toEqual(['tides', 'lock gates']);
  expect(readQueries({ fromCapture: true, limit: 1 }, { cwd: workspace, workspace }).queries).toEqual(['tides']);
  expect(() => read({ fromCapture: true })).toThrow(/found none/);
});
