import { describe, expect, test } from 'vitest';
import type { LongMemEvalRun } from '../../../activities/eval-contract.ts';
import { longMemEvalMeta, type SaidByRow } from '../../../cli/longmemeval/report-meta.ts';
import { renderLongMemEval } from '../../../reports/longmemeval/render-longmemeval.ts';
import { longMemEvalReportSchema } from '../../../schemas/longmemeval-report.ts';
import { longMemEvalReport } from '../../support/longmemeval-report.ts';
import { lmeSettings } from '../../support/longmemeval-settings.ts';

const MODEL = { base_url: 'http://127.0.0.1:8000/v1', model: 'scribe-4b', api_key_env: null };
const SETTINGS = lmeSettings({ reader: { ...MODEL, mode: 'direct', max_tokens: 512 }, judge: { ...MODEL, model: 'judge-70b' } });
const REPORT = longMemEvalReport({ code: { version: '0.1.0', commit: 'c0ffee1', is_dirty: true } });

const rowOf = (question_id: string, more: object = {}): SaidByRow => ({
  question_id,
  reader_prompt_sha: 'aa',
  reader_model_snapshot: 'scribe-4b-0301',
  judge_config_hash: 'bb',
  judge_model_snapshot: null,
  search_meta: { knob_hash: 'k1' },
  ...more,
});

function metaOf(rows: readonly SaidByRow[], settings = SETTINGS) {
  const run = { settings, budget: { cost: { version: '2026-03' }, estimated_usd: 0.5 } } as unknown as LongMemEvalRun;
  return longMemEvalMeta({ args: ['eval', 'longmemeval', 'two words.json'] }, REPORT, run, rows);
}

describe('how the report of a run of LongMemEval ends', () => {
  test('with entries of every figure, and with what it was made from', () => {
    const meta = metaOf([rowOf('q1'), rowOf('q2')]);
    expect(meta.unknown_metrics).toEqual([]);
    expect(Object.keys(meta.metric_glossary)).toEqual(expect.arrayContaining(['recall_all@5', 'recall_any@1', 'mean_fraction@10']));
    expect(meta.footer).toMatchObject({
      commit: 'c0ffee1 dirty',
      datasets: [{ suite: 'longmemeval', name: 'longmemeval_s.json', sha256: 'ab'.repeat(32) }],
      seed: 'none',
      arms: [{ knob_hash: 'k1' }],
      prompt_hashes: { reader: 'aa', judge: 'bb' },
      models: [
        { lane: 'embedder', model: null },
        { lane: 'reader', model: 'scribe-4b', snapshot: 'scribe-4b-0301' },
        { lane: 'judge', model: 'judge-70b', snapshot: null },
      ],
      commands: ["lauter eval longmemeval 'two words.json'"],
      run_ids: [REPORT.run_id],
      cost: { estimated_usd: 0.5, settled_usd: REPORT.usage.cost_usd },
      price_table: '2026-03',
      is_reproducible: true,
    });
  });

  test('with unknown where rows do not agree', () => {
    const { footer } = metaOf([rowOf('q1'), rowOf('q2', { reader_prompt_sha: 'cc', search_meta: { knob_hash: 'k2' } })]);
    expect(footer).toMatchObject({ prompt_hashes: { reader: null }, arms: [{ knob_hash: null }] });
  });

  test('without models that were not asked', () => {
    const { footer } = metaOf([rowOf('q1')], lmeSettings());
    expect(footer.models.map(({ lane }) => lane)).toEqual(['embedder']);
    expect(footer.prompt_hashes).toEqual({});
  });

  test('in the document and on the page', () => {
    const report = { ...REPORT, _meta: metaOf([rowOf('q1')]) };
    expect(longMemEvalReportSchema.safeParse(report).error?.issues).toBeUndefined();
    const files = new Map(renderLongMemEval(report).map(({ name, text }) => [name, text]));
    const page = files.get('longmemeval.md')!;
    expect(page.slice(page.lastIndexOf('\n## '))).toMatch(/^\n## Reproducibility\n[^]*c0ffee1 dirty/);
    expect(files.get('longmemeval.html')).toContain('c0ffee1 dirty');
  });
});
