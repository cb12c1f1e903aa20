import { afterEach, describe, expect, test, vi } from 'vitest';
import type * as SearchCollection from '../../../activities/search/search-collection.ts';
import type { QrelsReport } from '../../../schemas/qrels-report.ts';
import type { ReplayReport } from '../../../schemas/replay-report.ts';
import type { SearchResponse } from '../../../schemas/search-response.ts';
import { capturedRow, rowFile } from '../../support/captured-rows.ts';
import { makeLongMemEvalDesk } from '../../support/longmemeval-run.ts';
import { asJsonLines, taleQuestions } from '../../support/longmemeval-tales.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Whether the one search of users finds anything. */
const entry = vi.hoisted(() => ({ isDeaf: false }));

vi.mock('../../../activities/search/search-collection.ts', async (importActual) => {
  const { searchCollection } = await importActual<typeof SearchCollection>();
  return {
    searchCollection: async (...given: Parameters<typeof searchCollection>): Promise<SearchResponse> => {
      const answer = await searchCollection(...given);
      return entry.isDeaf ? { ...answer, results: [] } : answer;
    },
  };
});

afterEach(() => void (entry.isDeaf = false));

const FILES = {
  'lauter.config.json': JSON.stringify({ search: { collection: 'notes' } }),
  'notes/quay.md': '# Old quay\n\nThe harbour office is run by the pilot.\n',
  'notes/mill.md': '# Mill\n\nGrain is milled while the tide runs out.\n',
  'qrels.json': JSON.stringify({
    schema_version: 1,
    queries: [
      { query_id: 'office', query: 'who runs the harbour office', relevant_slugs: ['quay'], first_relevant_slug: 'quay' },
      { query_id: 'grain', query: 'when is grain milled', relevant_slugs: ['mill'], first_relevant_slug: 'mill' },
    ],
  }),
  'rows.ndjson': rowFile([capturedRow('who runs the harbour office', ['quay']), capturedRow('when is grain milled', ['mill'])]),
};

async function desk() {
  const cwd = temporaryFolder(FILES);
  const run = (...args: string[]) => runCli([...args, '--json'], cwd);
  expect((await run('search', 'index', 'notes', '--from', 'notes')).code).toBe(0);
  return run;
}

/** What a command comes to with the search as it is, and with one that finds nothing. */
async function twice<Outcome>(measure: () => Promise<Outcome>): Promise<[hearing: Outcome, deaf: Outcome]> {
  const hearing = await measure();
  entry.isDeaf = true;
  return [hearing, await measure()];
}

describe('what measures a search asks the search of users: when that finds nothing, nothing scores', () => {
  test('lauter search query', async () => {
    const run = await desk();
    const [hearing, deaf] = await twice(async () => JSON.parse((await run('search', 'query', 'notes', 'grain')).out) as SearchResponse);
    expect([hearing.results.length, deaf.results.length]).toEqual([1, 0]);
  });

  test.each(['hybrid', 'keyword'])('lauter eval qrels, %s', async (strategy) => {
    const run = await desk();
    const [hearing, deaf] = await twice(async () => {
      const { code, out } = await run(
        'eval',
        'qrels',
        '--qrels',
        'qrels.json',
        '--strategy',
        strategy,
        '--k',
        '1',
        '--floor',
        'R@1=1',
        '--allow-degraded',
      );
      return { code, metrics: (JSON.parse(out) as QrelsReport).metrics };
    });
    expect(hearing.code).toBe(0);
    expect(Object.values(hearing.metrics)).toEqual(Object.values(hearing.metrics).map(() => 1));
    expect(Object.values(deaf.metrics).filter((value) => value !== 0 && value !== null)).toEqual([]);
    expect(deaf.code).not.toBe(0);
  });

  test('lauter eval replay', async () => {
    const run = await desk();
    const [hearing, deaf] = await twice(async () => {
      const { out } = await run('eval', 'replay', '--against', 'rows.ndjson', '--compare-limit', '1');
      return (JSON.parse(out) as ReplayReport).summary;
    });
    expect([hearing.mean_jaccard, hearing.top1_stability_rate]).toEqual([1, 1]);
    expect([deaf.mean_jaccard ?? 0, deaf.top1_stability_rate ?? 0]).toEqual([0, 0]);
  });

  test('lauter eval gate', async () => {
    const run = await desk();
    const [hearing, deaf] = await twice(() => run('eval', 'gate', '--qrels', 'qrels.json', '--k', '1', '--allow-degraded'));
    expect(hearing.code).toBe(0);
    expect(deaf.code).not.toBe(0);
    expect(JSON.parse(deaf.out)).toMatchObject({ correctness_gate: { summary: { mean_recall_at_k_strict: 0 } } });
  });

  test('the LongMemEval benchmark', async () => {
    const lme = makeLongMemEvalDesk();
    const dataset = lme.file('tales.jsonl', asJsonLines(taleQuestions(3)));
    let runs = 0;
    const [hearing, deaf] = await twice(async () => {
      runs += 1;
      const { report } = await lme.run(dataset, { output: `${lme.root}/rows-${runs}.jsonl` });
      return report.summary.aggregate;
    });
    expect(hearing).toMatchObject({ hit: 3, total: 3 });
    expect(deaf).toMatchObject({ hit: 0, total: 3 });
  });
});
