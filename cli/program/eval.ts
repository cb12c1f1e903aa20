import type { Command } from 'commander';
import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { addEvalQrels } from './eval-qrels.ts';
import { addEvalCrossModal } from './eval-cross-modal.ts';
import { addEvalCompare } from './eval-compare.ts';
import { addEvalContradictions } from './eval-contradictions.ts';
import { addEvalCapture } from './eval-capture.ts';
import { addEvalGate } from './eval-gate.ts';
import { addEvalLongMemEval } from './eval-longmemeval.ts';
import { addEvalTrend } from './eval-trend.ts';
import { addEvalRunAll } from './eval-run-all.ts';

/** `lauter eval …`: captures, replays, gates and measures a search engine, ours or another. */
export function addEval(program: Command, io: Io, settle: (code: ExitCode) => void): void {
  const evaluation = program.command('eval').description('capture, replay, gate and measure a search engine');
  addEvalCapture(evaluation, io, settle);
  addEvalGate(evaluation, io, settle);
  addEvalQrels(evaluation, io, settle);
  addEvalLongMemEval(evaluation, io, settle);
  addEvalRunAll(evaluation, io, settle);
  addEvalCompare(evaluation, io, settle);
  addEvalCrossModal(evaluation, io, settle);
  addEvalTrend(evaluation, io, settle);
  addEvalContradictions(evaluation, io, settle);
}
