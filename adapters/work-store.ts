import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomically, writeJsonAtomically } from './atomic-write.ts';
import { readDocument } from './read-document.ts';

/** Kinds of long evaluations; each has a folder of its own below `lake/eval`. */
export type WorkKind = 'longmemeval' | 'panel' | 'contradictions' | 'probe' | 'replay';

/** What runs of a kind have done so far, below `lake/eval/<kind>/<run id>`: documents and lists of lines, each there whole or not at all. */
export interface WorkStore {
  folder(runId: string): string;
  /** Newest first, as ids begin with their time. */
  list(): string[];
  /** True for a document or a list of that name; a name may hold a folder: `calls/<key>`. */
  has(runId: string, name: string): boolean;
  /** LakeCorruptError when the document is missing or torn. */
  read<Value>(runId: string, name: string): Value;
  write(runId: string, name: string, value: unknown): void;
  readLines(runId: string, name: string): string[];
  writeLines(runId: string, name: string, lines: readonly string[]): void;
}

/** The runs of a workspace. */
export function openWorkStore(workspace: string, kind: WorkKind): WorkStore {
  const root = join(workspace, 'lake', 'eval', kind);
  const folder = (runId: string): string => join(root, runId);
  const document = (runId: string, name: string): string => join(folder(runId), `${name}.json`);
  const lines = (runId: string, name: string): string => join(folder(runId), `${name}.jsonl`);
  return {
    folder,
    list: () => (existsSync(root) ? readdirSync(root).sort().reverse() : []),
    has: (runId, name) => existsSync(document(runId, name)) || existsSync(lines(runId, name)),
    read: <Value>(runId: string, name: string) => readDocument(document(runId, name)) as Value,
    write: (runId, name, value) => writeJsonAtomically(document(runId, name), value),
    readLines: (runId, name) => readFileSync(lines(runId, name), 'utf8').split('\n').slice(0, -1),
    writeLines: (runId, name, all) => writeFileAtomically(lines(runId, name), all.map((line) => `${line}\n`).join('')),
  };
}
