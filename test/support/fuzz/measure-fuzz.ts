import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Sources } from '../../../activities/ports.ts';
import { malformedFile } from './malformed-file.ts';
import { readMalformed, REAL_SOURCES } from './read-malformed.ts';
import { readSeeds } from './seed-files.ts';

/** Which malformed files are read. */
export interface FuzzRange {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly step: number;
  /** For the files themselves; each overwrites the last of its kind. */
  readonly folder: string;
}

/** What came of the files of one format. */
export interface AdapterTally {
  files: number;
  recognised: number;
  stopped: number;
  records: number;
  evidence: number;
  refused: number;
}

export interface FuzzResult {
  readonly adapters: Record<string, AdapterTally>;
  readonly refused: Record<string, number>;
  readonly stopped: Record<string, number>;
  /** Files that something must never happen to, each with what did. */
  readonly complaints: {
    readonly number: number;
    readonly file: string;
    readonly changes: readonly string[];
    readonly complaint: string;
  }[];
  /** Of all that came out: the same for the same range. */
  readonly digest: string;
  /** Resident memory when the first file was to be read, and the most ever held. */
  readonly startMib: number;
  readonly peakMib: number;
}

const MOST_COMPLAINTS = 25;

/** Reads malformed files one after the other and adds up what came of them. */
export async function measureFuzz({ seed, from, to, step, folder }: FuzzRange, sources: Sources = REAL_SOURCES): Promise<FuzzResult> {
  const seeds = await readSeeds();
  const startMib = Math.round(process.memoryUsage().rss / 2 ** 20);
  const result: Omit<FuzzResult, 'digest' | 'peakMib'> = { adapters: {}, refused: {}, stopped: {}, complaints: [], startMib };
  const digest = createHash('sha256');
  for (let number = from; number < to; number += step) {
    const file = malformedFile(seeds, seed, number);
    const reading = await readMalformed(file, join(folder, folderName(file.seed.adapter, file.seed.name)), sources);
    digest.update(file.bytes).update(JSON.stringify([number, reading]));
    const tally = (result.adapters[file.seed.adapter] ??= { files: 0, recognised: 0, stopped: 0, records: 0, evidence: 0, refused: 0 });
    tally.files += 1;
    tally.recognised += Number(reading.recognised);
    tally.records += reading.records;
    tally.evidence += reading.evidence;
    for (const [reason, count] of Object.entries(reading.refused)) {
      tally.refused += count;
      result.refused[reason] = (result.refused[reason] ?? 0) + count;
    }
    if (reading.stopped !== undefined) {
      tally.stopped += 1;
      result.stopped[reading.stopped] = (result.stopped[reading.stopped] ?? 0) + 1;
    }
    for (const complaint of reading.complaints) {
      if (result.complaints.length < MOST_COMPLAINTS)
        result.complaints.push({ number, file: `${file.seed.adapter}/${file.seed.name}`, changes: file.changes, complaint });
    }
  }
  // The system counts kibibytes.
  return { ...result, digest: digest.digest('hex'), peakMib: Math.round(process.resourceUsage().maxRSS / 1024) };
}

/** A folder of its own for each seed file, since a source is a folder and the name of a file may tell its truth. */
function folderName(adapter: string, name: string): string {
  return `${adapter}-${name.replaceAll(/[^\w.-]/g, '_')}`;
}
