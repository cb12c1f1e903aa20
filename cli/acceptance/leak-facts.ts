import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { allFiles } from '../../adapters/files/all-files.ts';
import { parquetTexts } from '../../adapters/lake/parquet-rows.ts';
import { spellingsOf, type AcceptanceFacts, type LeakFact } from '../../domain/acceptance/index.ts';
import type { Planted } from '../../schemas/acceptance-planted.ts';
import type { AcceptanceSpace } from './space.ts';

interface Needle {
  readonly kind: string;
  readonly planted_in: string;
  readonly spellings: readonly string[];
}

/** Files of the manifest and of the note are no sources. */
const NO_SOURCES: readonly string[] = ['planted.json', 'README.md', 'lauter.config.json'];

/**
 * Looks for everything that was planted, in every file below the workspaces (data, reports, receipts, the server's database and log) and in what the
 * runs said; Parquet is unpacked for it. The same search over the sources shows that it can find.
 */
export async function leakFacts(
  space: Pick<AcceptanceSpace, 'root' | 'fixture' | 'main' | 'shuffled'>,
  planted: Planted,
  said: string,
): Promise<AcceptanceFacts['leaks']> {
  const needles = needlesOf(planted);
  const found: LeakFact[] = [];
  const look = (content: Buffer | string, file: string): void => {
    for (const { kind, planted_in, spellings } of needles)
      if (spellings.some((spelling) => content.includes(spelling))) found.push({ kind, planted_in, file });
  };
  const files = [space.main, space.shuffled].flatMap((workspace) => allFiles(workspace).map((file) => join(workspace, file)));
  const named = (path: string): string => path.slice(space.root.length + 1);
  for (const path of files) look(readFileSync(path), named(path));
  for await (const { path, texts } of parquetTexts(files.filter((file) => file.endsWith('.parquet')))) look(texts.join('\n'), named(path));
  look(said, 'what the runs said');
  return { found, filesRead: files.length, seenInSources: seenIn(space.fixture, needles) };
}

function needlesOf({ secrets }: Planted): Needle[] {
  return secrets.map(({ kind, where, parts }) => ({ kind, planted_in: where, spellings: spellingsOf(parts.join('')) }));
}

function seenIn(fixture: string, needles: readonly Needle[]): number {
  const sources = allFiles(fixture)
    .filter((file) => !NO_SOURCES.includes(file))
    .map((file) => readFileSync(join(fixture, file)))
    .map((bytes) => (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes));
  return needles.filter(({ spellings }) => sources.some((bytes) => spellings.some((spelling) => bytes.includes(spelling)))).length;
}
