import { heldSlots, slotGuests } from '../../adapters/bench/slot.ts';
import { openBenchRuns, type BenchRunStore } from '../../adapters/bench/run-store.ts';
import type { BenchStatus, BenchWork } from '../../schemas/bench-status.ts';
import type { InferenceSlot } from '../../schemas/inference-slot.ts';
import { commandFor } from '../command-line.ts';
import type { PlaceOptions } from '../places.ts';
import { benchOwnerPath, ownsWork } from '../run-owner.ts';
import { runProgress } from './bench-progress.ts';
import { resultOf, unfinishedBenches, type UnfinishedBench } from './unfinished.ts';

/** What the bench of a workspace is at, and what was left. LakeCorruptError for a document that is torn. */
export function viewWork(root: string, options: PlaceOptions, nowMs: number): Pick<BenchStatus, 'work' | 'slots' | 'guests'> {
  const slots = heldSlots(root);
  const runs = openBenchRuns(root);
  return {
    slots,
    guests: slotGuests(root),
    work: unfinishedBenches(root).map((bench) => viewOf(bench, { root, options, nowMs, slots, runs })),
  };
}

interface Seen {
  readonly root: string;
  readonly options: PlaceOptions;
  readonly nowMs: number;
  readonly slots: readonly InferenceSlot[];
  readonly runs: BenchRunStore;
}

function viewOf(bench: UnfinishedBench, seen: Seen): BenchWork {
  const { id, kind, why } = bench;
  const all = bench.kind === 'sweep' ? bench.input.runs : [bench.input];
  const isDone = (runId: string): boolean => resultOf(seen.runs, runId)?.reason === null;
  const current = all.find(({ run_id }) => !isDone(run_id)) ?? all.at(-1)!;
  const progress = runProgress(seen.root, current.run_id, current.models.length, kind);
  const isRunning = isWorkedOn(id, current.owner, seen);
  return {
    id,
    kind,
    state: isRunning ? 'running' : 'unfinished',
    models: [...current.models],
    started_at: current.started_at,
    runs_done: all.filter(({ run_id }) => isDone(run_id)).length,
    runs: all.length,
    run_id: current.run_id,
    calls_done: progress?.done ?? null,
    calls: progress?.total ?? null,
    why,
    resume: isRunning ? null : commandFor(`bench resume ${id}`, seen.options),
  };
}

/** Whoever calls the model shows a sign of life every 20 s. */
const SILENT_MS = 30_000;

/** Its command lives; or that is gone, and a worker goes on with it. */
function isWorkedOn(id: string, owner: string, { root, slots, nowMs }: Seen): boolean {
  if (ownsWork(benchOwnerPath(root, id)) !== 'nobody') return true;
  return slots.some((slot) => slot.owner === owner && nowMs - Date.parse(slot.renewed_at) < SILENT_MS);
}
