import { existsSync, readdirSync } from 'node:fs';
import type { PlannedCell, SuitesRunDocument } from '../../activities/suites/run-document.ts';
import { openLongMemEvalStore, type LongMemEvalStore } from '../../adapters/longmemeval/run-store.ts';
import type { SuiteStore } from '../../adapters/suites/suite-store.ts';
import type { ShownProgress } from '../progress.ts';

/** How many questions of all cells have been asked. */
export function suitesProgress(root: string, store: SuiteStore, runId: string): ShownProgress | undefined {
  if (!store.hasRun(runId)) return undefined;
  const { cells } = store.readRun(runId) as SuitesRunDocument;
  const longMemEval = openLongMemEvalStore(root);
  const done = cells.reduce((sum, cell) => sum + askedOf(store, longMemEval, runId, cell), 0);
  const total = cells.reduce((sum, { questions }) => sum + questions, 0);
  return { run_id: runId, stage: 'questions', done, total, rows: 0, paused: null };
}

function askedOf(store: SuiteStore, longMemEval: LongMemEvalStore, runId: string, { run_uid, questions, work }: PlannedCell): number {
  if (work.kind === 'skipped') return 0;
  if (store.readResult(runId, run_uid) !== null) return questions;
  const lines = work.kind === 'longmemeval' ? batchesOf(longMemEval, run_uid) : batchesIn(store, runId, run_uid);
  return Math.min(
    questions,
    lines.reduce((sum, each) => sum + each.length, 0),
  );
}

const BATCH = /^batch-\d+/;

function batchesOf(longMemEval: LongMemEvalStore, runUid: string): string[][] {
  const folder = longMemEval.folder(runUid);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => BATCH.test(name) && name.endsWith('.jsonl')) : [];
  return names.map((name) => longMemEval.readLines(runUid, name.slice(0, -'.jsonl'.length)));
}

function batchesIn(store: SuiteStore, runId: string, runUid: string): string[][] {
  return store
    .listLines(runId, runUid)
    .filter((name) => BATCH.test(name))
    .map((name) => store.readLines(runId, runUid, name) ?? []);
}
