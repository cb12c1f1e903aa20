import { describe, expect, test } from 'vitest';
import { makeQrelsReport, measureArm, readQrels, usualMeasures, type FoundHits } from '../../../domain/measures/index.ts';
import { renderQrels } from '../../../reports/qrels/render-qrels.ts';

const HOSTILE = '<script>alert(1)</script>';
const QRELS = readQrels('harbour 0 office 1\nharbour 0 master 1\napples 0 orchard 1\n', 'village.qrels');
const RULES = { relevanceLevel: 1, isJudgedOnly: false, mostDocs: null, isComplete: true, countsHopeless: false };
const CHANCE = { seed: 42, resamples: 200 };
const ASKED = usualMeasures(5).map((measure) => ({ label: measure.name, measure }));

function armOf(name: string, keys: readonly string[]) {
  const hits = keys.map((key, at) => ({ key, score: 1 / (at + 1) }));
  const found: FoundHits[] = [{ id: 'harbour', outcome: 'scored', hits, degraded: [], latencyMs: 10, error: null }];
  const facts = { name, knob_hash: 'knobs', corpus_hash: 'corpus', generation: 1, mode: 'balanced', knobs: {} };
  return measureArm(QRELS, found, ASKED, RULES, { facts, chance: CHANCE });
}

function render(commit: string, ...keys: (readonly string[])[]) {
  const arms = keys.map((list, at) => armOf(`side ${at}`, list));
  const report = makeQrelsReport({
    arms: arms as unknown as Parameters<typeof makeQrelsReport>[0]['arms'],
    asked: ASKED,
    floors: [{ text: 'MRR', measure: ASKED[2]!.measure, least: 0.9 }],
    chance: CHANCE,
    hasPerQuery: false,
    refusals: [],
    notes: [HOSTILE],
    origin: { commands: [HOSTILE], models: [], cost: { estimated_usd: 0, settled_usd: 0 }, price_table: null },
    meta: {
      qrels_path: HOSTILE,
      qrels_sha256: '0'.repeat(64),
      question_set_hash: '1'.repeat(64),
      run_path: null,
      run_sha256: null,
      collection: 'village',
      retriever: 'builtin',
      strategy: 'keyword',
      mode: 'balanced',
      k: 5,
      limit: 10,
      rel_level: 1,
      max_docs: null,
      averaging: 'complete',
      is_trec: false,
      is_judged_only: false,
      normalise_ids: null,
      lauter_version: '0.1.0',
      commit,
      command: ['lauter', 'eval', 'qrels'],
      started_at: '2026-03-01T08:00:00.000Z',
      finished_at: '2026-03-01T08:00:01.000Z',
    },
  });
  return { report, files: new Map(renderQrels(report, arms).map(({ name, text }) => [name, text])) };
}

describe('a report', () => {
  test('of one side: page, Markdown, JSON and a table for each section, the same bytes each time', () => {
    const { files } = render('abc', ['office', HOSTILE]);
    expect([...files.keys()]).toEqual([
      'qrels.md',
      'qrels.json',
      'qrels-measures.csv',
      'qrels-spread.csv',
      'qrels-floors.csv',
      'qrels-queries.csv',
      'qrels-outcomes.csv',
      'qrels-lists.csv',
      'qrels-glossary.csv',
      'qrels-reproducibility.csv',
      'qrels.html',
    ]);
    expect(files).toEqual(render('abc', ['office', HOSTILE]).files);
    expect(files.get('qrels-outcomes.csv')!.split('\n')).toHaveLength(1 + 6 + 1);
    expect(files.get('qrels.html')).toContain('Below a floor');
  });

  test('of two sides holds their comparison, in the words that nobody may leave out', () => {
    const { files } = render('abc', ['office', 'master'], ['master', 'office']);
    expect(files.get('qrels-comparison.csv')).toContain('not significant');
    expect(files.get('qrels.md')).toContain('not significant');
    expect(JSON.parse(files.get('qrels.json')!)).toMatchObject({
      comparison: { per_query_b: [{ query_id: 'harbour' }, { query_id: 'apples' }] },
    });
  });

  test('names and pages from outside are text, on every page', () => {
    const { files } = render('abc', [HOSTILE]);
    expect(files.get('qrels.html')).not.toContain(HOSTILE);
    expect(files.get('qrels.html')).toContain('&lt;script&gt;');
    // A code span is text, too.
    expect(files.get('qrels.md')!.replaceAll(/`[^`]*`/g, '')).not.toMatch(/(?<!\\)<script/);
  });

  test('without a commit is not reproducible, and says so', () => {
    expect(render('unknown', ['office']).files.get('qrels.html')).toContain('not reproducible');
    expect(render('abc', ['office']).files.get('qrels.html')).not.toContain('not reproducible');
  });
});
