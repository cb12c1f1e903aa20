import type { BenchRunInput } from '../bench-contract.ts';
import type { BenchWorld } from './world.ts';

/** Which call of a model is under way, and how many were cut off by a crash so far. */
export interface CallUnderWay {
  readonly key: string | null;
  readonly repeated: number;
}

/** Calls of a model that were begun, never finished, and so were made again. */
export function repeatedCalls({ runs }: BenchWorld, runId: string, model: string): number {
  return readNote(runs, runId, noteOf(runs, model)).repeated;
}

/**
 * Makes a call and leaves word of it first: one that is found begun when it is to be made was cut off, and is counted. The word stays until the next
 * call, so that nothing can be cut off between an answer and its commit without being counted; {@link forgetCall} takes it back.
 */
export async function noteCall<Result>(
  { runs, clock }: BenchWorld,
  { run, model, key }: { readonly run: BenchRunInput; readonly model: string; readonly key: string },
  call: () => Promise<Result>,
): Promise<Result> {
  const name = noteOf(runs, model);
  const before = readNote(runs, run.run_id, name);
  const isCutOff = before.key === key;
  const repeated = before.repeated + Number(isCutOff);
  if (isCutOff) noteInterruption(runs, run.run_id, { at_iso: clock.now(), kind: 'call_cut_off' });
  runs.write(run.run_id, name, { key, repeated } satisfies CallUnderWay);
  return call();
}

/** Takes back the word of a call that brought no answer and is to be made again: it was not cut off. */
export function forgetCall({ runs }: BenchWorld, { run, model }: { readonly run: BenchRunInput; readonly model: string }): void {
  const name = noteOf(runs, model);
  runs.write(run.run_id, name, { key: null, repeated: readNote(runs, run.run_id, name).repeated } satisfies CallUnderWay);
}

/** What kept a run from going straight through. */
export interface Interruption {
  readonly at_iso: string;
  readonly kind: string;
}

/** Every interruption of a run, in order. */
export function interruptionsOf(runs: BenchWorld['runs'], runId: string): Interruption[] {
  return runs.has(runId, INTERRUPTIONS) ? runs.read<Interruption[]>(runId, INTERRUPTIONS) : [];
}

/** Adds one. */
export function noteInterruption(runs: BenchWorld['runs'], runId: string, interruption: Interruption): void {
  runs.write(runId, INTERRUPTIONS, [...interruptionsOf(runs, runId), interruption]);
}

const INTERRUPTIONS = 'interruptions';

function noteOf({ slug }: BenchWorld['runs'], model: string): string {
  return `under-way-${slug(model)}`;
}

function readNote(runs: BenchWorld['runs'], runId: string, name: string): CallUnderWay {
  return runs.has(runId, name) ? runs.read<CallUnderWay>(runId, name) : { key: null, repeated: 0 };
}
