import { expect, test } from 'vitest';
import { forgetCall, interruptionsOf, noteCall, repeatedCalls } from '../../../activities/bench/note-call.ts';
import type { BenchWorld } from '../../../activities/bench/world.ts';
import type { BenchRunInput } from '../../../activities/bench-contract.ts';
import { modelSlug, openBenchRuns } from '../../../adapters/bench/run-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const NOON = '2026-04-30T12:00:00.000Z';
const run = { run_id: 'run-of-the-harbor' } as BenchRunInput;
const [moor, cast] = ['moor', 'cast off'].map((key) => ({ run, model: 'harbor-8b', key })) as [Noted, Noted];

type Noted = Parameters<typeof noteCall>[1];

/** Only what calls are noted with. */
function makeWorld(): BenchWorld {
  const runs = { ...openBenchRuns(temporaryFolder()), slug: modelSlug };
  return { runs, clock: { now: () => NOON, nowMs: () => Date.parse(NOON) } } as unknown as BenchWorld;
}

const answer = (): Promise<string> => Promise.resolve('made fast');
const die = (): Promise<string> => Promise.reject(new Error('killed'));

test('a call that was cut off and is made again is counted, and stands among the interruptions', async () => {
  const world = makeWorld();
  await expect(noteCall(world, moor, die)).rejects.toThrow('killed');
  expect(await noteCall(world, moor, answer)).toBe('made fast');
  expect(repeatedCalls(world, run.run_id, moor.model)).toBe(1);
  expect(interruptionsOf(world.runs, run.run_id)).toEqual([{ at_iso: NOON, kind: 'call_cut_off' }]);
});

test('so is one that was answered and then lost, because its process died before it was committed', async () => {
  const world = makeWorld();
  await noteCall(world, moor, answer);
  await noteCall(world, moor, answer);
  expect(repeatedCalls(world, run.run_id, moor.model)).toBe(1);
});

test('calls one after the other are no repeats', async () => {
  const world = makeWorld();
  for (const call of [moor, cast]) await noteCall(world, call, answer);
  expect(repeatedCalls(world, run.run_id, moor.model)).toBe(0);
});

test('a call that brought no answer and is to be made again was not cut off', async () => {
  const world = makeWorld();
  await noteCall(world, moor, answer);
  forgetCall(world, moor);
  await noteCall(world, moor, answer);
  expect(repeatedCalls(world, run.run_id, moor.model)).toBe(0);
  expect(interruptionsOf(world.runs, run.run_id)).toEqual([]);
});
