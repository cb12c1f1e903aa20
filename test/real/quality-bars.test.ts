import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../domain/shared/random.ts';
import { qrelsReportSchema, type QrelsReport } from '../../schemas/qrels-report.ts';
import { runCli } from '../support/run-cli.ts';
import { makeFolder, removeFolder } from '../support/temporary-folder.ts';
import { DATA, isPresent } from './real-data.ts';

/** Published figures that keyword search has to reach, and how many queries they are means of. */
interface Bar {
  readonly name: string;
  readonly folder: string;
  readonly queries: number;
  readonly floors: Readonly<Record<string, number>>;
}

const BARS: readonly Bar[] = [
  { name: 'cranfield', folder: 'ir-cranfield/beir', queries: 225, floors: { MAP: 0.289, 'P@5': 0.308, 'R@100': 0.721, 'nDCG@10': 0.366 } },
  { name: 'cacm', folder: 'ir-cacm/beir', queries: 52, floors: { MAP: 0.309, 'P@5': 0.4, 'R@100': 0.635, 'nDCG@10': 0.462 } },
  { name: 'relational', folder: 'gbrain-evals/derived/relational-145', queries: 145, floors: { 'R@5': 0.667, 'P@5': 0.183 } },
];
/** Bars are stated to three decimals. */
const ROUNDING = 0.001;
/** No vectors, no model, nothing but words; as deep as the published figures. */
const KEYWORD_ARM = ['--strategy', 'keyword', '--limit', '1000', '--token-budget', 'none'];

describe.skipIf(!isPresent).each(BARS)('$name', ({ name, folder, queries, floors }) => {
  let root = '';
  const corpus = join(DATA, folder, 'corpus.jsonl');

  async function index(collection: string, from: string): Promise<void> {
    const { code, err } = await runCli(['search', 'index', collection, '--from', from, '--workspace', root], root);
    expect(code, err).toBe(0);
  }

  async function measure(collection: string, ...more: readonly string[]): Promise<{ code: number; report: QrelsReport }> {
    const judged = ['--qrels', join(DATA, folder, 'qrels/test.tsv'), '--queries', join(DATA, folder, 'queries.jsonl')];
    const asked = ['--metrics', Object.keys(floors).join(','), '--per-query', '--json', '--workspace', root];
    const { code, out, err } = await runCli(['eval', 'qrels', '--collection', collection, ...judged, ...asked, ...more], root);
    expect(code, err).not.toBe(2);
    return { code, report: qrelsReportSchema.parse(JSON.parse(out)) };
  }

  beforeAll(() => {
    root = makeFolder({});
    return index(name, corpus);
  });
  afterAll(() => removeFolder(root));

  test('keyword search reaches the published figures, and every query has a row', async () => {
    const rows = join(root, 'rows.ndjson');
    const atLeast = Object.entries(floors).flatMap(([metric, floor]) => ['--floor', `${metric}=${(floor - ROUNDING).toFixed(4)}`]);
    const { code, report } = await measure(name, ...KEYWORD_ARM, ...atLeast, '--output', rows);
    console.log(`${name}, keyword arm: ${tell(report, floors)}`);
    expect(report.floors.filter(({ is_met }) => !is_met)).toEqual([]);
    expect(report.floors).toHaveLength(Object.keys(floors).length);
    expect(code).toBe(0);
    expect(report.num_q).toBe(queries);
    const written = readFileSync(rows, 'utf8').trim().split('\n');
    expect(written.map((line) => (JSON.parse(line) as { query_id: string }).query_id)).toEqual(
      report.per_query!.map(({ query_id }) => query_id),
    );
    expect(report.per_query!.filter(({ is_counted }) => is_counted)).toHaveLength(queries);
  });

  test('the default mode of the same queries, without a bar', async () => {
    const { report } = await measure(name);
    console.log(`${name}, default mode:  ${tell(report)}`);
    expect(report.num_q).toBe(queries);
  });

  test('with the texts of its documents dealt out anew, keyword search finds at most half', async () => {
    const shuffled = join(root, 'shuffled.jsonl');
    writeFileSync(shuffled, shuffleTexts(readFileSync(corpus, 'utf8')));
    await index('shuffled', shuffled);
    const [whole, dealt] = [await measure(name, ...KEYWORD_ARM), await measure('shuffled', ...KEYWORD_ARM)];
    console.log(`${name}, shuffled texts: ${tell(dealt.report)}`);
    for (const metric of Object.keys(floors)) {
      expect(dealt.report.metrics[metric], metric).toBeLessThanOrEqual(whole.report.metrics[metric]! / 2);
    }
  });
});

test.skipIf(!isPresent)('the 145 relational questions: no ranking has a P@5 above 36.0 %', () => {
  const lines = readFileSync(join(DATA, 'gbrain-evals/derived/relational-145/qrels/test.tsv'), 'utf8').trim().split('\n').slice(1);
  const gold = new Map<string, number>();
  for (const line of lines) gold.set(line.split('\t')[0]!, (gold.get(line.split('\t')[0]!) ?? 0) + 1);
  const ceiling = [...gold.values()].reduce((sum, count) => sum + Math.min(5, count) / 5, 0) / gold.size;
  console.log(`relational, P@5 of a perfect ranking: ${(100 * ceiling).toFixed(1)}%`);
  expect(ceiling).toBeCloseTo(261 / 725, 12);
});

/** Every title and text goes to the id of another document. */
function shuffleTexts(corpus: string): string {
  const documents = corpus
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { _id: string });
  const others = createRandom(20_260_302).shuffle(documents);
  return documents.map(({ _id }, at) => `${JSON.stringify({ ...others[at], _id })}\n`).join('');
}

function tell({ metrics }: QrelsReport, floors: Bar['floors'] = {}): string {
  return Object.entries(metrics)
    .map(([metric, value]) => `${metric} ${value?.toFixed(4)}${floors[metric] === undefined ? '' : ` (bar ${floors[metric]})`}`)
    .join(', ');
}
