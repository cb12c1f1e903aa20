import { resolve } from 'node:path';
import { qaPlace, requireFree, writeJsonLines } from '../../adapters/bench/qa-files.ts';
import { qaWorklist } from '../../domain/bench/index.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import type { QaWorklistReport } from '../../schemas/bench-qa-reports.ts';
import { openCorpusOf, openQaAt } from '../bench/open-bench.ts';
import { tellQaWorklist } from '../bench/tell-qa.ts';
import { existingWorkspace } from '../existing-workspace.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';

export interface QaWorklistOptions extends PlaceOptions {
  readonly qa: string;
  readonly corpusVersion: string;
  readonly out: string;
  readonly json?: boolean;
}

/** `lauter bench qa worklist`: the questions that cannot be scored, each with the events that could answer it. */
export async function benchQaWorklist(io: Io, options: QaWorklistOptions): Promise<ExitCode> {
  const { root } = existingWorkspace(io, options);
  const path = resolve(io.cwd, options.out);
  requireFree([path]);
  const corpus = await openCorpusOf(root, options.corpusVersion);
  const { rows } = await openQaAt(qaPlace(root, options.qa, io.cwd));
  const worklist = qaWorklist(rows, corpus.rows);
  writeJsonLines(
    path,
    worklist.map((row) => canonicalJson(row)),
  );
  const report: QaWorklistReport = { schema: 'qa-worklist/1', path, total: rows.length, unscoreable: worklist.length };
  io.out(options.json === true ? JSON.stringify(report, null, 2) : tellQaWorklist(report));
  return EXIT.accepted;
}
