import { panelPromptHash } from '../../domain/panel/index.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import type { PanelBatchRun, PanelPlan, PanelSetup } from '../panel-contract.ts';
import { chooseItems, type ChosenItems } from './choose-items.ts';
import type { PanelWorld } from './world.ts';

/** What a run is to do; lies in its folder as `plan`, with what it is asked with beside it as `setup`. */
export interface WrittenPlan extends ChosenItems {
  /** Of everything that decides what judges say: answers are shared by runs of the same one. */
  readonly asked_sha256: string;
  /** Runs of the same that were left before, whose answers are paid for. Newest first. */
  readonly earlier: readonly string[];
  /** Of the budget, by whoever shares it, before anything was asked. */
  readonly spent_before_usd: number;
}

/** Reads what is to be judged, and writes it down. A plan that is there already holds. */
export async function planPanel(world: PanelWorld, run: PanelBatchRun): Promise<PanelPlan> {
  const { files } = world;
  if (!files.has(run.run_id, 'plan')) await writePlan(world, run, await chooseItems(files, run));
  const { items } = files.read<WrittenPlan>(run.run_id, 'plan');
  return { items: items.length, labelled: items.filter(({ label }) => label !== null).length };
}

/** Writes down what a run is to do. */
export async function writePlan(world: PanelWorld, run: PanelSetup, chosen: ChosenItems): Promise<void> {
  const { files } = world;
  const asked_sha256 = askedHash(world, run, chosen);
  const plan: WrittenPlan = {
    ...chosen,
    asked_sha256,
    earlier: leftRuns(files, asked_sha256).filter((id) => id !== run.run_id),
    spent_before_usd: await world.budget(run).spentUsd(),
  };
  files.write(run.run_id, 'setup', run);
  files.write(run.run_id, 'asked', { sha256: asked_sha256 });
  files.write(run.run_id, 'plan', plan);
}

/** Of everything that decides what judges say. How many rows are taken, how fast, and what it may cost do not. */
export function askedHash(
  { sha256 }: Pick<PanelWorld, 'sha256'>,
  { judges, dimensions, cycles, max_tokens, blind_names }: Omit<PanelSetup, 'run_id' | 'budget'>,
  { batch_sha256, calibration_sha256 }: Pick<ChosenItems, 'batch_sha256' | 'calibration_sha256'>,
): string {
  const asked = { judges, dimensions, cycles, max_tokens, blind_names, batch_sha256, calibration_sha256 };
  return sha256(canonicalJson({ ...asked, prompt: panelPromptHash(dimensions, sha256) } as unknown as JsonValue));
}

/** Runs of the same, newest first, up to the last one that came to its end: what that one was told is not told again. */
export function leftRuns(files: PanelWorld['files'], askedSha256: string): string[] {
  const left: string[] = [];
  for (const id of files.list()) {
    if (!files.has(id, 'asked') || files.read<{ sha256: string }>(id, 'asked').sha256 !== askedSha256) continue;
    if (files.has(id, 'ended') && files.read<EndedRun>(id, 'ended').is_complete) break;
    left.push(id);
  }
  return left;
}

/** How a run ended; lies in its folder as `ended`. */
export interface EndedRun {
  /** False where a call was not paid for, or brought no answer: a next run asks for those alone. */
  readonly is_complete: boolean;
}
