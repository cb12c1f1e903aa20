import { describe, expect, test } from 'vitest';
import { compareRow, failRow, judgeGates, NOT_ASKED, summarizeReplay, worstRows } from '../../../domain/gate/index.ts';
import { gateChecks } from '../../../reports/gate/gate-checks.ts';
import { writeGateJunit } from '../../../reports/gate/junit.ts';
import { renderGate } from '../../../reports/gate/render-gate.ts';
import { renderReplay } from '../../../reports/replay/render-replay.ts';
import type { GateReport } from '../../../schemas/gate-report.ts';
import { reportMeta } from '../../support/report-meta.ts';
import { capturedRow } from '../../support/captured-rows.ts';
import { responseOf } from '../../support/scripted-retriever.ts';
import { POISON } from '../distill/poison.ts';
import { findMarkupFaults } from '../shared/markup-check.ts';

const query = `the tide ${POISON}`;
const REPLAYED = [
  compareRow(capturedRow(query, ['a', `b${POISON}`]), responseOf({ query }, [`b${POISON}`, 'c'])),
  failRow(capturedRow('the loft', ['c']), `gone ${POISON}`),
];
const RESULTS = REPLAYED.map(({ result }) => result);
const SUMMARY = summarizeReplay(REPLAYED);
const MOVED = worstRows(RESULTS, 9);

function gateReport(change: Partial<GateReport> = {}): GateReport {
  const report: GateReport = {
    schema_version: 1,
    verdict: 'fail',
    regression_gate: {
      ran: true,
      baseline_path: `b${POISON}.ndjson`,
      attestation: 'queries_only',
      summary: SUMMARY,
      thresholds: { jaccard: 0.85, top1: 0.8, latency_multiplier: 2, latency_floor_ms: 50 },
      latency_ratio: null,
      latency_skipped: true,
      breaches: [
        { metric: 'rows_errored', observed: 1, threshold: 0, error_tail: `gone ${POISON}`, failure_origin: 'result' },
        { metric: 'mean_jaccard', observed: 1 / 6, threshold: 0.85, failure_origin: 'result' },
      ],
    },
    correctness_gate: {
      ran: false,
      qrels_path: 'q.json',
      summary: null,
      thresholds: { recall_at_k: 0.7, first_relevant_hit: 0.6, expected_top1: 0.5 },
      breaches: [{ metric: 'qrels_parse', reason: 'qrels_unreadable', error_tail: '\ufffe]]>', failure_origin: 'input' }],
    },
    meta: {
      knob_hash: 'k',
      corpus_hash: 'c',
      embedder: null,
      degraded: ['no_embedder'],
      commit: null,
      collection: `harbour${POISON}`,
      retriever: 'builtin',
      lauter_version: '0.1.0',
      baseline_corpus_hash: 'b',
      corpus_changed: true,
    },
    _meta: reportMeta({ commands: [`lauter ${POISON}`] }),
    ...change,
  };
  return { ...report, verdict: judgeGates(report.regression_gate, report.correctness_gate) };
}

const FACTS = { file: `rows${POISON}`, collection: 'harbour', retriever: 'builtin', lauterVersion: '0.1.0' };
const REPORTS: readonly (readonly [string, () => readonly { readonly name: string; readonly text: string }[]])[] = [
  ['gate', () => renderGate(gateReport(), RESULTS, MOVED)],
  [
    'replay',
    () => renderReplay({ schema_version: 1, summary: SUMMARY, results: RESULTS, _meta: reportMeta({ commit: null }) }, MOVED, FACTS),
  ],
];

describe.each(REPORTS)('the report of a %s', (_name, render) => {
  const files = render();
  const page = files.at(-1)!;

  test('is one well-formed page, and hostile text stays text', () => {
    expect(page.name).toMatch(/\.html$/);
    expect(findMarkupFaults(page.text)).toEqual([]);
    expect(page.text).not.toContain('<script');
  });

  test('is the same every time', () => {
    expect(render()).toEqual(files);
  });

  test('tells in Markdown and tables what moved, and no cell begins a formula', () => {
    const text = (ending: string): string => files.find(({ name }) => name.endsWith(ending))?.text ?? '';
    expect(text('.md')).toContain('the loft');
    expect(text('-moves.csv')).toMatch(/default::a,1,/);
    for (const { name, text: csv } of files) if (name.endsWith('.csv')) expect(csv).not.toMatch(/(?:^|,)"?[=+@]/m);
  });
});

test('each check is told as passed, failed, errored or skipped', () => {
  const states = gateChecks(gateReport()).map(({ gate, metric, state }) => `${gate} ${metric} ${state}`);
  expect(states).toEqual([
    'regression rows_errored failed',
    'regression rows_degraded passed',
    'regression no_rows_replayed passed',
    'regression mean_jaccard failed',
    'regression top1_stability_rate passed',
    'regression latency_ratio skipped',
    'correctness qrels_parse errored',
    'correctness queries_errored skipped',
    'correctness queries_degraded skipped',
    'correctness mean_recall_at_k skipped',
    'correctness first_relevant_hit_rate skipped',
    'correctness expected_top1_hit_rate skipped',
  ]);
  expect(gateChecks(gateReport({ correctness_gate: NOT_ASKED })).every(({ gate }) => gate === 'regression')).toBe(true);
});

test('JUnit counts what it holds, and nothing hostile ends an attribute', () => {
  const xml = writeGateJunit(gateReport());
  expect(xml).toContain('<testsuites name="lauter eval gate" tests="12" failures="2" errors="1" skipped="6">');
  expect(xml).toContain('<testsuite name="regression" tests="6" failures="2" errors="0" skipped="1">');
  expect(xml).not.toMatch(/<script|<img|[\u001b\ufffe]/);
  expect(xml.match(/<testcase /g)).toHaveLength(12);
});
