import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CorpusManifest, CorpusRow } from '../../schemas/bench-corpus.ts';
import { eventLines, OBSERVATORY_NOW } from './observatory-events.ts';
import { runCli, type CliOutcome } from './run-cli.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A workspace with a file of events beside it, and what tests of corpora and questions ask of it. */
export interface BenchWorkspace {
  /** Folder that holds `events.jsonl` and the workspace. */
  readonly root: string;
  readonly workspace: string;
  /** `lauter bench …` in that folder. */
  bench(...args: readonly string[]): Promise<CliOutcome>;
  /** Builds a corpus of 12 events a source. */
  init(version: string, ...more: readonly string[]): Promise<CliOutcome>;
  corpusPath(version: string, name?: string): string;
  manifest(version: string): CorpusManifest;
  rows(version: string): CorpusRow[];
  /** Writes a fixture with the provenance that belongs to it. */
  writeQa(label: string, rows: readonly object[], provenance?: object): string;
}

export function benchWorkspace(events: string = eventLines()): BenchWorkspace {
  const root = temporaryFolder({ 'events.jsonl': events });
  const workspace = join(root, 'workspace');
  const bench = (...args: readonly string[]): Promise<CliOutcome> => runCli(['bench', ...args, '--workspace', workspace], root);
  const corpusPath = (version: string, name = ''): string => join(workspace, 'lake', 'bench', 'corpora', version, name);
  return {
    root,
    workspace,
    bench,
    init: (version, ...more) => bench('corpus', 'init', '--corpus-version', version, ...usual(more)),
    corpusPath,
    manifest: (version) => JSON.parse(readFileSync(corpusPath(version, 'manifest.json'), 'utf8')) as CorpusManifest,
    rows: (version) => jsonLines<CorpusRow>(corpusPath(version, 'corpus.jsonl')),
    writeQa: (label, rows, provenance) => {
      const path = join(root, `${label}.jsonl`);
      writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
      if (provenance !== undefined) writeFileSync(join(root, `${label}.provenance.json`), JSON.stringify(provenance));
      return path;
    },
  };
}

/** The lines of a file, parsed. */
export function jsonLines<Row>(path: string): Row[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}

/** What the tests say of a corpus unless they say something else. */
function usual(more: readonly string[]): string[] {
  const options: Readonly<Record<string, readonly string[]>> = {
    '--from': ['events.jsonl'],
    '--now': [OBSERVATORY_NOW],
    '--corpus-days': ['30'],
    '--corpus-buckets': ['6'],
    '--min': ['shell=12,claude=12,browser=12,workflow=10'],
  };
  const open = Object.entries(options).filter(([name]) => !more.includes(name));
  return [...open.flatMap(([name, values]) => [name, ...values]), ...more];
}
