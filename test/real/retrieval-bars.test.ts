import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { qrelsReportSchema, type QrelsReport } from '../../schemas/qrels-report.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { DATA, isPresent } from './real-data.ts';

interface Bar {
  readonly name: string;
  readonly folder: string;
  /** Published values of stemmed BM25 on the same data, as floors. */
  readonly floors: Readonly<Record<string, number>>;
}

const BARS: readonly Bar[] = [
  { name: 'cranfield', folder: 'ir-cranfield/beir', floors: { MAP: 0.289, 'P@5': 0.308, 'R@100': 0.721, 'nDCG@10': 0.366 } },
  { name: 'cacm', folder: 'ir-cacm/beir', floors: { MAP: 0.309, 'P@5': 0.4, 'R@100': 0.635, 'nDCG@10': 0.462 } },
  { name: 'relational', folder: 'gbrain-evals/derived/relational-145', floors: { 'R@5': 0.667, 'P@5': 0.183 } },
];

/** For values that were published with three digits. */
const TOLERANCE = 0.001;
/** The bars are those of the words alone, deep. */
const DEEP = ['--strategy', 'keyword', '--limit', '1000', '--token-budget', 'none'];

async function measure(
  { name, folder, floors }: Bar,
  corpus: string,
  flags: readonly string[],
): Promise<{ code: number; report: QrelsReport }> {
  const root = temporaryFolder({ 'corpus.jsonl': corpus, 'lauter.config.json': '{}' });
  const indexed = await runCli(['search', 'index', name, '--from', 'corpus.jsonl'], root);
  expect(indexed.code, indexed.err).toBe(0);
  const files = ['--qrels', join(DATA, folder, 'qrels/test.tsv'), '--queries', join(DATA, folder, 'queries.jsonl')];
  const held = Object.entries(floors).flatMap(([metric, floor]) => ['--floor', `${metric}=${floor - TOLERANCE}`]);
  const metrics = ['--metrics', Object.keys(floors).join(','), '--resamples', '100'];
  const { code, out } = await runCli(['eval', 'qrels', '--collection', name, ...files, ...metrics, ...held, ...flags, '--json'], root);
  return { code, report: qrelsReportSchema.parse(JSON.parse(out)) };
}

/** Every document keeps its id and gets the words of another one. */
function shuffle(corpus: string): string {
  const docs = corpus
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const away = Math.floor(docs.length / 3);
  return docs.map(({ _id }, at) => JSON.stringify({ ...docs[(at + away) % docs.length], _id })).join('\n');
}

const show = ({ metrics }: QrelsReport): string =>
  Object.entries(metrics)
    .map(([name, value]) => `${name} ${value?.toFixed(4)}`)
    .join(', ');

describe.skipIf(!isPresent).each(BARS)('$name', (bar) => {
  const corpus = isPresent ? readFileSync(join(DATA, bar.folder, 'corpus.jsonl'), 'utf8') : '';

  test('reaches the bar with words alone', async () => {
    const { code, report } = await measure(bar, corpus, DEEP);
    const whole = await measure(
      { ...bar, floors: Object.fromEntries(Object.keys(bar.floors).map((metric) => [metric, TOLERANCE])) },
      corpus,
      [],
    );
    console.log(`${bar.name}, words alone: ${show(report)}\n${bar.name}, as users search: ${show(whole.report)}`);
    expect(report.floors.filter(({ is_met }) => !is_met)).toEqual([]);
    expect(code).toBe(0);
  });

  test('does not reach half of it with the words of other documents', async () => {
    const { code, report } = await measure(bar, shuffle(corpus), DEEP);
    expect(code).toBe(1);
    for (const [metric, floor] of Object.entries(bar.floors)) expect(report.metrics[metric], metric).toBeLessThan(floor / 2);
  });
});
