import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import type { Draft, ReadRecord, Sources } from '../../activities/ports.ts';
import type { Role } from '../../schemas/vocabulary.ts';
import { ADAPTERS, QUARANTINE_REASONS, type QuarantineReason } from '../../schemas/vocabulary.ts';
import { startProgram } from '../support/child-program.ts';
import { addResults } from '../support/fuzz/add-results.ts';
import { measureFuzz, type FuzzResult } from '../support/fuzz/measure-fuzz.ts';
import { REAL_SOURCES } from '../support/fuzz/read-malformed.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** `LAUTER_FUZZ_SEED=7 LAUTER_FUZZ_FILES=500` tries others; `LAUTER_FUZZ_FIRST=4429 LAUTER_FUZZ_FILES=1` is one file of a run that failed. */
const SEED = Number(process.env.LAUTER_FUZZ_SEED ?? 20260302);
const FIRST = Number(process.env.LAUTER_FUZZ_FIRST ?? 0);
const FILES = Number(process.env.LAUTER_FUZZ_FILES ?? 10_000);

/** Far more than the 150 MiB that are needed, far less than what a leak of every file would come to. */
const MOST_GROWTH_MIB = 1_024;

test(`${FILES} malformed files do no harm (seed ${SEED})`, async () => {
  const result = addResults(await readInProcesses(Math.min(2, availableParallelism())));
  tell(result);
  expect(result.complaints, `with LAUTER_FUZZ_SEED=${SEED}`).toEqual([]);
  expect(result.peakMib - result.startMib).toBeLessThan(MOST_GROWTH_MIB);
  expect(Object.values(result.adapters).reduce((sum, { files }) => sum + files, 0)).toBe(FILES);
  if (FILES < 10_000) return;
  // The files are neither all refused nor all still valid, whatever their format.
  expect(Object.keys(result.adapters).toSorted()).toEqual(ADAPTERS.toSorted());
  for (const [adapter, { evidence, refused, stopped }] of Object.entries(result.adapters))
    expect({ adapter, isTried: evidence > 50 && refused > 50 && stopped > 0 }).toEqual({ adapter, isTried: true });
  const reasons = Object.keys(QUARANTINE_REASONS);
  expect(Object.keys(result.refused).toSorted()).toEqual(reasons.slice(0, reasons.indexOf('exact_duplicate')).toSorted());
});

test('the same seed makes the same files, and they are read the same way', async () => {
  const [first, second, other] = [await few(REAL_SOURCES), await few(REAL_SOURCES), await few(REAL_SOURCES, SEED + 1)];
  expect(second.digest).toBe(first.digest);
  expect(other.digest).not.toBe(first.digest);
});

/** What a fault in an adapter or a reader would look like, and what is said of it. */
const PLANTED: Readonly<Record<string, readonly [sources: Partial<Sources>, complaint: RegExp]>> = {
  'an adapter that trusts its records': [
    { normalize: (adapter, record, context) => trusting(adapter, record, context) },
    /it threw TypeError/,
  ],
  'an adapter that drops what it cannot read': [
    { normalize: (adapter, record, context) => real(adapter, record, context).filter((draft) => !('refused' in draft)) },
    /a record was lost/,
  ],
  'an adapter that makes up a role': [changing((draft) => ('refused' in draft ? draft : narrated(draft))), /its schema refuses/],
  'an adapter that makes up a reason': [
    changing((draft) => ('refused' in draft ? { ...draft, refused: 'did_not_like_it' as QuarantineReason } : draft)),
    /a reason that is not on the list/,
  ],
  'an adapter that forgets the place': [changing((draft) => ({ ...draft, locator: {} })), /without a locator/],
  'an adapter that never comes to an end': [
    { normalize: (adapter, record, context) => Array<Draft>(3_000_000).fill(real(adapter, record, context)[0]!) },
    /no end/,
  ],
  'a reader that loses the last record of each batch': [reading((batch) => batch.slice(0, -1)), /expected (?:at least )?\d+ records/],
  'a reader that gives a record twice': [reading((batch) => [...batch, ...batch]), /expected \d+ records/],
  'a reader that never comes to an end': [{ read: endless }, /no end/],
};

test.each(Object.entries(PLANTED))('%s is found', async (_fault, [planted, complaint]) => {
  // What has no end takes long to be found out.
  const { complaints } = await few({ ...REAL_SOURCES, ...planted }, SEED, complaint.source === 'no end' ? 1 : 6);
  expect(complaints.map((each) => each.complaint).find((text) => complaint.test(text))).toBeDefined();
});

async function few(sources: Sources, seed = SEED, filesOfEach = 6): Promise<FuzzResult> {
  return measureFuzz({ seed, from: 0, to: filesOfEach * ADAPTERS.length, step: 1, folder: temporaryFolder() }, sources);
}

async function readInProcesses(count: number): Promise<FuzzResult[]> {
  const program = new URL('../support/fuzz/fuzz-program.ts', import.meta.url);
  const parts = Array.from({ length: count }, (_, part) => startProgram(program, [SEED, FIRST + part, FIRST + FILES, count].map(String)));
  return Promise.all(parts.map(async (part) => JSON.parse(await part.hear()) as FuzzResult));
}

function tell({ adapters, refused, stopped, startMib, peakMib }: FuzzResult): void {
  console.table(adapters);
  console.log(
    `refused: ${JSON.stringify(refused)}; stopped: ${JSON.stringify(stopped)}; ${startMib} MiB at the start, ${peakMib} MiB at most`,
  );
}

const real = REAL_SOURCES.normalize;

const trusting: Sources['normalize'] = (adapter, record, context) => {
  void (record.value as { messages: { role: string }[] }).messages.map(({ role }) => role);
  return real(adapter, record, context);
};

function narrated(draft: Exclude<Draft, { refused: unknown }>): Draft {
  return { ...draft, messages: [{ role: 'narrator' as Role, content: 'Once' }] };
}

function changing(change: (draft: Draft) => Draft): Partial<Sources> {
  return { normalize: (adapter, record, context) => real(adapter, record, context).map(change) };
}

function reading(change: (batch: readonly ReadRecord[]) => readonly ReadRecord[]): Partial<Sources> {
  return {
    async *read(part, maxRecordBytes) {
      for await (const batch of REAL_SOURCES.read(part, maxRecordBytes)) yield change(batch);
    },
  };
}

async function* endless(): AsyncIterable<readonly ReadRecord[]> {
  for (;;) yield Array<ReadRecord>(1_000).fill(NOTHING);
}

const NOTHING: ReadRecord = { fault: 'broken_json', detail: 'nothing', locator: { line: 0 }, line: 0 };
