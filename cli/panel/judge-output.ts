import { randomBytes } from 'node:crypto';
import { askJudge } from '../../activities/panel/ask-judge.ts';
import type { ChosenItems } from '../../activities/panel/choose-items.ts';
import { leftRuns, writePlan, type WrittenPlan } from '../../activities/panel/plan.ts';
import { readReplies, type CycleReplies } from '../../activities/panel/read-replies.ts';
import type { PanelWorld } from '../../activities/panel/world.ts';
import type { PanelSetup } from '../../activities/panel-contract.ts';
import { formRunId } from '../../domain/bench/index.ts';
import { SharedCap } from '../../domain/budget/index.ts';
import { askPanel, calibrateJudges, type JudgePosition } from '../../domain/panel/index.ts';
import type { PanelCalibration } from '../../schemas/panel-calibration.ts';

/** What the judges said of an output, cycle by cycle. */
export interface JudgedOutput {
  readonly item: ChosenItems['items'][number];
  readonly isSwapped: boolean;
  readonly cycles: readonly CycleReplies[];
  readonly calibration: PanelCalibration | null;
  /** True when every call brought an answer. */
  readonly isComplete: boolean;
}

/** The run that was asked the same and left unfinished, or a new one. */
export function findRun({ files, clock }: PanelWorld, asked: string): { readonly runId: string; readonly isLeft: boolean } {
  const left = leftRuns(files, asked).find((id) => !files.has(id, 'ended'));
  const fresh = formRunId({ startedAt: clock.now(), configHash: asked, randomBytes: randomBytes(6) }).replace(/^run/, 'panel');
  return { runId: left ?? fresh, isLeft: left !== undefined };
}

/**
 * Asks every judge about every item: those of the calibration first, each in one cycle. `over_budget` once the cap forbids a call: the run is then
 * unfinished and can be gone on with. Rejects as `askJudge` does, and with the signal's reason once it is aborted; calls that are going on end before.
 */
export async function judgeOutput(
  world: PanelWorld,
  setup: PanelSetup,
  chosen: ChosenItems,
  { isSwapped, signal }: { readonly isSwapped: boolean; readonly signal: AbortSignal },
): Promise<JudgedOutput | 'over_budget'> {
  const { files } = world;
  const { run_id, judges } = setup;
  if (!files.has(run_id, 'plan')) await writePlan(world, setup, chosen);
  const plan = files.read<WrittenPlan>(run_id, 'plan');
  const cap = new SharedCap();
  for (const [item, { label }] of plan.items.entries()) {
    const round =
      label === null ? { cycles: setup.cycles, positions: isSwapped ? ALL_POSITIONS : SCORES } : { cycles: 1, positions: SCORES };
    const ended = await askPanel({ ...round, item, judges: judges.map(({ id }) => id) }, (call) =>
      cap.ask(async () => {
        signal.throwIfAborted();
        return askJudge(world, { setup, plan }, call, signal);
      }),
    );
    if (ended === 'over_budget') return ended;
  }
  return readJudged(world, setup, plan, isSwapped);
}

const SCORES: readonly JudgePosition[] = ['scores'];
const ALL_POSITIONS: readonly JudgePosition[] = ['scores', 'output_first', 'reference_first'];

/** Every call was made, or there would be nothing to read. */
function readJudged(world: PanelWorld, setup: PanelSetup, { items }: WrittenPlan, isSwapped: boolean): JudgedOutput {
  const replies = (item: number, cycle: number, swapped: boolean): CycleReplies =>
    readReplies(world, setup, items[item]!, { item, cycle, isSwapped: swapped })!;
  const labelled = items.flatMap(({ label }, at) => (label === null ? [] : [{ label, replies: replies(at, 1, false) }]));
  const cycles = Array.from({ length: setup.cycles }, (_, index) => replies(items.length - 1, index + 1, isSwapped));
  const rows = labelled.map(({ label, replies: { slots } }) => ({ label, slots }));
  const calls = [...labelled.map((row) => row.replies), ...cycles].flatMap((each) => each.calls);
  return {
    item: items.at(-1)!,
    isSwapped,
    cycles,
    isComplete: calls.every(({ state }) => state === 'answered'),
    calibration: labelled.length === 0 ? null : calibrateJudges(rows, setup.dimensions),
  };
}
