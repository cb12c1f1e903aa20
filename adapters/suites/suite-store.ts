import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomically, writeJsonAtomically } from '../atomic-write.ts';
import { readDocument } from '../read-document.ts';
import { suitePlaces } from './suite-places.ts';

/** Documents and lists of lines of runs over suites, each there whole or not at all. */
export interface SuiteStore {
  /** The folder of a run. */
  folder(runId: string): string;
  readRun(runId: string): unknown;
  writeRun(runId: string, document: unknown): void;
  hasRun(runId: string): boolean;
  readPlan(hash: string): unknown;
  hasPlan(hash: string): boolean;
  writePlan(hash: string, plan: unknown): void;
  readLines(runId: string, runUid: string, name: string): string[] | null;
  writeLines(runId: string, runUid: string, name: string, lines: readonly string[]): void;
  /** Names of the lists of a cell. */
  listLines(runId: string, runUid: string): string[];
  readResult(runId: string, runUid: string): unknown;
  writeResult(runId: string, runUid: string, result: unknown): void;
  /** Id of the run that a command of that identity left unfinished; null where there is none. */
  findUnfinished(identity: string): string | null;
  markUnfinished(identity: string, runId: string): void;
  /** Forgets it, unless another run has taken its place meanwhile. */
  markFinished(identity: string, runId: string): void;
}

/** The runs of a workspace. LakeCorruptError for a document that is missing or torn. */
export function openSuiteStore(workspace: string): SuiteStore {
  const places = suitePlaces(workspace);
  const cell = (runId: string, runUid: string): string => join(places.run(runId), 'cells', runUid);
  const lines = (runId: string, runUid: string, name: string): string => join(cell(runId, runUid), `${name}.jsonl`);
  const document = (runId: string): string => join(places.run(runId), 'run.json');
  const result = (runId: string, runUid: string): string => join(cell(runId, runUid), 'result.json');
  const unfinished = (identity: string): string | null => {
    const path = places.unfinished(identity);
    return existsSync(path) ? (readDocument(path) as { run_id: string }).run_id : null;
  };
  return {
    folder: places.run,
    readRun: (runId) => readDocument(document(runId)),
    writeRun: (runId, value) => writeJsonAtomically(document(runId), value),
    hasRun: (runId) => existsSync(document(runId)),
    readPlan: (hash) => readDocument(places.plan(hash)),
    hasPlan: (hash) => existsSync(places.plan(hash)),
    writePlan: (hash, plan) => writeFileAtomically(places.plan(hash), `${JSON.stringify(plan)}\n`),
    readLines: (runId, runUid, name) => {
      const path = lines(runId, runUid, name);
      return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : null;
    },
    writeLines: (runId, runUid, name, all) => writeFileAtomically(lines(runId, runUid, name), all.map((line) => `${line}\n`).join('')),
    listLines: (runId, runUid) => {
      const folder = cell(runId, runUid);
      const names = existsSync(folder) ? readdirSync(folder) : [];
      return names.filter((name) => name.endsWith('.jsonl')).map((name) => name.slice(0, -'.jsonl'.length));
    },
    readResult: (runId, runUid) => (existsSync(result(runId, runUid)) ? readDocument(result(runId, runUid)) : null),
    writeResult: (runId, runUid, value) => writeJsonAtomically(result(runId, runUid), value),
    findUnfinished: unfinished,
    markUnfinished: (identity, runId) => writeJsonAtomically(places.unfinished(identity), { run_id: runId }),
    markFinished: (identity, runId) => {
      if (unfinished(identity) === runId) rmSync(places.unfinished(identity), { force: true });
    },
  };
}
