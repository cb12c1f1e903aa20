import { utf8ToBytes } from '@noble/hashes/utils.js';
import { createLeaks } from './leaks.ts';
import type { Planted } from '../../../schemas/acceptance-planted.ts';
import { tellPlanted, writePlanted } from './planted-file.ts';
import { tellBench } from './streams/bench.ts';
import { tellCatalogueFixes } from './streams/catalogue-fixes.ts';
import { tellDesk } from './streams/desk.ts';
import { tellDeskTraces } from './streams/desk-traces.ts';
import { tellDevSessions } from './streams/dev-sessions.ts';
import { tellDrills } from './streams/drills.ts';
import { tellEvals } from './streams/evals.ts';
import { tellLetters } from './streams/letters.ts';
import { tellNightLine } from './streams/night-line.ts';
import { tellPromptTests } from './streams/prompt-tests.ts';
import { tellRaters } from './streams/raters.ts';
import { tellRepairRuns } from './streams/repair-runs.ts';
import { tellReplays } from './streams/replays.ts';
import { tellReviews } from './streams/reviews.ts';
import { tellShelfShell } from './streams/shelf-shell.ts';
import { tellShelfTrials } from './streams/shelf-trials.ts';
import { tellSpans } from './streams/spans.ts';
import type { Stream } from './telling.ts';

const SEED = 20260504;

/** The folder of the acceptance fixture: traces of a library in every format, with every trap, and the manifest of what was planted in them. */
export function generateAcceptance(): { readonly path: string; readonly bytes: Uint8Array }[] {
  const leaks = createLeaks(SEED);
  const streams = tellStreams(leaks);
  const planted = tellPlanted(streams, leaks);
  return [
    ...streams.flatMap(({ files }) => files.map(({ path, bytes }) => ({ path, bytes }))),
    { path: 'README.md', bytes: utf8ToBytes(writeReadme(streams, planted)) },
    { path: 'lauter.config.json', bytes: utf8ToBytes(writeConfig(streams)) },
    { path: 'planted.json', bytes: utf8ToBytes(writePlanted(planted)) },
  ].toSorted((left, right) => (left.path < right.path ? -1 : 1));
}

function tellStreams(leaks: ReturnType<typeof createLeaks>): Stream[] {
  return [
    tellDesk(leaks),
    tellNightLine(),
    tellShelfTrials(leaks),
    tellCatalogueFixes(leaks),
    tellRepairRuns(leaks),
    tellDevSessions(SEED, leaks),
    tellShelfShell(leaks),
    tellDrills(),
    tellReviews(leaks),
    tellEvals(leaks),
    tellSpans(leaks),
    tellDeskTraces(leaks),
    tellPromptTests(leaks),
    tellRaters(leaks),
    tellBench(leaks),
    tellReplays(leaks),
    tellLetters(leaks),
  ];
}

/** Limits so low that small files reach them, and splits so large that each has rows. */
const SETTINGS = {
  max_record_bytes: 20_000,
  max_row_chars: 10_000,
  max_quarantined: 0.5,
  validation_share: 0.2,
  test_share: 0.2,
  formats: ['jsonl', 'parquet', 'arrow'],
  as: ['openai', 'trl', 'sharegpt', 'unpaired'],
};

function writeConfig(streams: readonly Stream[]): string {
  const sources = streams.map(({ name, adapter, paths, options }) => ({
    name,
    adapter,
    license: 'CC0-1.0',
    paths,
    ...(options === undefined ? {} : { options }),
  }));
  return `${JSON.stringify({ sources, distill: SETTINGS }, null, 2)}\n`;
}

function writeReadme(streams: readonly Stream[], { files, secrets }: Planted): string {
  const records = files.reduce((sum, file) => sum + file.records, 0);
  return `# The acceptance fixture

Traces of the agents of Northmoor, a library that does not exist, in ${streams.length} sources and every format that is read: ${records} records, among them every
trap that \`lauter distill acceptance\` looks for, and ${secrets.length} planted secrets and personal data that belong to nobody.

* \`lauter.config.json\` names the sources, with limits so low that small files reach them.
* \`planted.json\` says what stands where: each attempt with what it says of its own quality, the category that the rules must give it, the values
  that are signed, and the traps that it is; and the planted data, in pieces. It is part of the story and was not computed by the rules.

All of it is written by \`domain/samples/acceptance/\`; \`lauter samples write data/acceptance --acceptance\` writes it again, byte for byte.
`;
}
