import { expect, test } from 'vitest';
import { renderTraceReplay } from '../../../reports/trace/render-trace-replay.ts';
import { traceReplaySchema, type TraceReplay } from '../../../schemas/trace-replay.ts';
import { TRACE_FIXTURES } from '../../schemas/trace-fixtures.ts';
import { findMarkupFaults } from '../shared/markup-check.ts';
import { poisonTexts } from '../shared/poison-texts.ts';

const TRACE = TRACE_FIXTURES['traceSchema']!.accepts[0];
const TRACED = traceReplaySchema.parse({
  ...(TRACE_FIXTURES['traceReplaySchema']!.accepts[0] as object),
  verdict: 'broken',
  playbooks: [
    { use: 'exemplar', id: 'b'.repeat(64), trace: TRACE },
    { use: 'warning', id: 'c'.repeat(64), trace: null },
  ],
});
const pageOf = (traced: TraceReplay): string => renderTraceReplay(traced, 'way.html').at(-1)!.text;

test('every playbook has its chain, and one that no run has says so', () => {
  const page = pageOf(TRACED);
  expect(findMarkupFaults(page)).toEqual([]);
  expect(page).toContain('Of 2 playbooks that the answer rests on, 2 cannot be shown to lead to its source.');
  expect(page).toContain('No run of this workspace has it.');
  expect(page).toContain('href="way-1-links.csv"');
  expect(page).not.toContain('href="way-2-links.csv"');
});

test('a bundle that was changed is told first, an empty one is no fault', () => {
  expect(pageOf({ ...TRACED, bundle_holds: false })).toContain('another digest than the log says');
  expect(pageOf({ ...TRACED, verdict: 'holds', playbooks: [] })).toContain('The answer rests on no playbook: its bundle was empty.');
});

test('hostile tasks, answers and source rows stay text', () => {
  const page = pageOf(poisonTexts(traceReplaySchema, TRACED));
  expect(findMarkupFaults(page)).toEqual([]);
  expect(page).not.toMatch(/<script|<img/);
});
