import {
  closeSync,
  createReadStream,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { LakeCorruptError } from '../../domain/shared/errors.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import { benchAttemptSchema, type BenchAttempt } from '../../schemas/bench-attempt.ts';
import type { RunFileRecord } from '../../schemas/bench-run-file.ts';
import { syncFolder, writeFileAtomically, writeJsonAtomically, writeWhole } from '../atomic-write.ts';
import { translateDiskFull } from '../disk-full.ts';
import { sha256 } from '../digest.ts';
import { sweepTemporaries, temporaryName } from '../scratch.ts';

/**
 * What a bench run has done so far, below `lake/bench/runs/<run id>`: documents, the finished calls under their keys, and for each model the attempts
 * in the order in which they were finished. Whatever dies, everything in it is whole, and nothing in it is done again.
 */
export interface BenchRunStore {
  /** Ids of all runs, the newest first. */
  list(): string[];
  has(runId: string, name: string): boolean;
  /** LakeCorruptError when the document is missing or torn. */
  read<Value>(runId: string, name: string): Value;
  write(runId: string, name: string, value: unknown): void;
  /** The finished call of that key. */
  findCall(runId: string, key: string): BenchAttempt | undefined;
  /** Makes a finished call durable, before the next one begins. */
  commitCall(attempt: BenchAttempt): void;
  /** Appends attempts of a model to its lines and flushes them; those that are there already are left out. */
  appendAttempts(runId: string, model: string, attempts: readonly BenchAttempt[]): void;
  /** Every attempt of a model so far, in order. */
  readAttempts(runId: string, model: string): BenchAttempt[];
  /** Says of every attempt so far that it was taken over by a later part of the run. */
  markReused(runId: string): void;
  /** Writes the run file: the first record, for each model its attempts and its summary, the last record. */
  publish(runId: string, path: string, parts: RunFileParts): Promise<{ readonly sha256: string }>;
}

export interface RunFileParts {
  readonly first: RunFileRecord;
  readonly models: readonly { readonly id: string; readonly summary: RunFileRecord | undefined }[];
  readonly last: RunFileRecord;
}

/** Folder of everything that a run has done. */
export function benchRunFolder(workspace: string, runId: string): string {
  return join(workspace, 'lake', 'bench', 'runs', runId);
}

/** The runs of a workspace. */
export function openBenchRuns(workspace: string): BenchRunStore {
  const root = join(workspace, 'lake', 'bench', 'runs');
  const document = (runId: string, name: string): string => join(root, runId, `${name}.json`);
  const call = (runId: string, key: string): string => join(root, runId, 'calls', key.slice(0, 2), `${key}.json`);
  const lines = (runId: string, model: string): string => join(root, runId, `attempts-${modelSlug(model)}.jsonl`);

  return {
    list: () => (existsSync(root) ? readdirSync(root).sort().reverse() : []),
    has: (runId, name) => existsSync(document(runId, name)),
    read: <Value>(runId: string, name: string) => readWhole(document(runId, name)) as Value,
    write: (runId, name, value) => writeJsonAtomically(document(runId, name), value),
    findCall: (runId, key) => {
      const path = call(runId, key);
      return existsSync(path) ? benchAttemptSchema.parse(readWhole(path)) : undefined;
    },
    commitCall: (attempt) => writeFileAtomically(call(attempt.run_id, attempt.idempotency_key), lineOf(attempt)),
    appendAttempts: (runId, model, attempts) => {
      const path = lines(runId, model);
      const known = new Set(readLines(path).map(({ idempotency_key: key }) => key));
      const missing = attempts.filter(({ idempotency_key: key }) => !known.has(key));
      if (missing.length > 0) appendDurably(path, missing.map(lineOf).join(''));
    },
    readAttempts: (runId, model) => readLines(lines(runId, model)),
    markReused: (runId) => {
      const names = readdirSync(join(root, runId)).filter((name) => /^attempts-.*\.jsonl$/.test(name));
      for (const path of names.map((name) => join(root, runId, name))) {
        const attempts = readLines(path).map((attempt) => lineOf({ ...attempt, reused: true }));
        writeFileAtomically(path, attempts.join(''));
      }
    },
    publish: async (runId, path, { first, models, last }) => {
      mkdirSync(dirname(path), { recursive: true });
      // What a killed attempt left behind; no start of a command looks outside the workspace.
      sweepTemporaries(dirname(path), 'top');
      const temporary = join(dirname(path), temporaryName());
      try {
        const file = openSync(temporary, 'wx');
        try {
          writeWhole(file, Buffer.from(lineOf(first)));
          for (const { id, summary } of models) {
            const attempts = lines(runId, id);
            if (existsSync(attempts)) for await (const chunk of createReadStream(attempts)) writeWhole(file, chunk as Buffer);
            if (summary !== undefined) writeWhole(file, Buffer.from(lineOf(summary)));
          }
          writeWhole(file, Buffer.from(lineOf(last)));
          fsyncSync(file);
        } finally {
          closeSync(file);
        }
        const digest = sha256(readFileSync(temporary));
        renameSync(temporary, path);
        syncFolder(dirname(path));
        return { sha256: digest };
      } catch (error) {
        rmSync(temporary, { force: true });
        throw translateDiskFull(error, path) ?? error;
      }
    },
  };
}

/** A model's name in file names: what is safe of its id, and 8 digits of its hash, so that no two ids share a file. */
export function modelSlug(model: string): string {
  const safe = model
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40);
  return `${safe === '' ? 'model' : safe}-${sha256(model).slice(0, 8)}`;
}

function lineOf(record: RunFileRecord): string {
  return `${canonicalJson(record as unknown as JsonValue)}\n`;
}

/** The whole lines of a file; one that was being written when its process died is cut off, and its call is found under its key. */
function readLines(path: string): BenchAttempt[] {
  if (!existsSync(path)) return [];
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(10) + 1;
  if (end < bytes.length) truncateSync(path, end);
  return bytes
    .subarray(0, end)
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as BenchAttempt);
}

function appendDurably(path: string, text: string): void {
  const isNew = !existsSync(path);
  if (isNew) mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'a');
  try {
    writeWhole(file, Buffer.from(text));
    fsyncSync(file);
  } catch (error) {
    throw translateDiskFull(error, path) ?? error;
  } finally {
    closeSync(file);
  }
  if (isNew) syncFolder(dirname(path));
}

function readWhole(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new LakeCorruptError(
      `reading ${path}: expected a whole JSON document, found ${error instanceof SyntaxError ? 'a torn one' : String(error)}.`,
      'Run the same command again; if it stays, remove the folder of that run.',
      {},
      error,
    );
  }
}
