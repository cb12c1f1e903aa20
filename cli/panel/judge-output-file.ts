import { basename, extname, join, resolve } from 'node:path';
import type { ChosenItems } from '../../activities/panel/choose-items.ts';
import { askedHash } from '../../activities/panel/plan.ts';
import { readCalibration } from '../../activities/panel/read-calibration.ts';
import { sha256 } from '../../adapters/digest.ts';
import { acquireLock } from '../../adapters/lock-file.ts';
import { openWorkspace } from '../../adapters/files/workspace.ts';
import { capOf } from '../../domain/cost/index.ts';
import { isSlug } from '../../domain/panel/index.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { OverBudgetError } from '../../domain/shared/errors.ts';
import { estimatePanelUsd, panelFrame } from '../../worker/inputs/panel-setup.ts';
import { createPanelWorld } from '../../worker/panel-world.ts';
import { askToSpend } from '../cost/ask-to-spend.ts';
import { endAtOnce } from '../end-at-once.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import { loadConfig, workspaceFolder } from '../places.ts';
import { VERSION } from '../version.ts';
import { findRun, judgeOutput } from './judge-output.ts';
import { PANEL_COMMAND, panelChoices, USUAL_CAP_USD, type PanelOptions } from './panel-options.ts';
import { readJudged, readTask } from './read-judged.ts';
import { showReceipts } from './show-receipts.ts';
import { tellForecast } from './tell-forecast.ts';
import { writeReceipts } from './write-receipts.ts';

/** Asks all three thrice where a person looks on. */
const CYCLES_AT_TERMINAL = 3;

/** Has one output judged in this process. What a judge answers is kept, so that the same command after a kill pays for the rest alone. */
export async function judgeOutputFile(
  io: Io,
  given: { readonly task: string; readonly output: string },
  options: PanelOptions,
): Promise<ExitCode> {
  const root = workspaceFolder(io, options);
  const { config } = loadConfig(io, root, options);
  const frame = panelFrame(config, io.env, panelChoices(options, io.isTerminal ? CYCLES_AT_TERMINAL : 1));
  const isSwapped = options.swap === true;
  const world = createPanelWorld({ workspace: root, env: io.env });
  const chosen = await chooseOutput(io, given, options, isSwapped);
  const labelled = chosen.items.length - 1;
  const calls = frame.cycles * (isSwapped ? 3 : 1) + labelled;
  const usd = estimatePanelUsd(frame, config.cost, calls);
  const capUsd = capOf(config.cost, PANEL_COMMAND, { flagUsd: options.maxUsd, defaultUsd: USUAL_CAP_USD });
  io.err(tellForecast(frame.judges, { calls: calls * frame.judges.length, usd, capUsd }));
  const estimate = { what: 'the panel', usd, capUsd };
  if ((await askToSpend(io, { estimates: [estimate], isYes: options.yes === true })) === 'refused') return EXIT.impossible;
  const workspace = openWorkspace(root, VERSION);
  const stop = new AbortController();
  const endListening = io.onInterrupt(() => {
    if (stop.signal.aborted) endAtOnce();
    stop.abort();
    io.err('stopping when the judges that are asked have answered; interrupt again to end at once …');
  });
  try {
    const asked = askedHash(world, frame, chosen);
    // Two of the same at once would both pay.
    const lock = acquireLock(join(root, 'locks', `panel-${asked.slice(0, 12)}.lock`), { version: VERSION });
    try {
      const { runId, isLeft } = findRun(world, asked);
      if (isLeft) io.err(`${runId} was left unfinished; going on with it`);
      const budget = { cost: config.cost, frame: { run_id: runId, command: PANEL_COMMAND, cap_usd: capUsd }, estimated_usd: usd };
      const setup = { ...frame, run_id: runId, budget };
      const judged = await judgeOutput(world, setup, chosen, { isSwapped, signal: stop.signal });
      if (judged === 'over_budget') throw overBudget(capUsd);
      const folder = resolve(io.cwd, options.receiptDir ?? join(root, 'reports', 'panel'));
      const slug = options.slug ?? slugOf(given.output);
      const receipts = writeReceipts(world, setup, judged, { folder, slug });
      const settledUsd = await world.budget(setup).spentUsd();
      return await showReceipts(io, receipts, { options, calibration: judged.calibration, estimatedUsd: usd, settledUsd, capUsd });
    } finally {
      lock.release();
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    io.err('interrupted: what judges have answered is kept; run the same command again to go on.');
    return EXIT.interrupted;
  } finally {
    endListening();
    workspace.close();
  }
}

/** One row, as of a batch that nobody wrote. */
async function chooseOutput(
  io: Io,
  { task: givenTask, output: givenOutput }: { readonly task: string; readonly output: string },
  { reference: givenReference, calibration }: PanelOptions,
  isSwapped: boolean,
): Promise<ChosenItems> {
  const task = readTask(io, givenTask);
  const output = readJudged(io, '--output', givenOutput);
  const reference = givenReference === undefined ? null : readJudged(io, '--reference', givenReference);
  const path = calibration === undefined ? null : resolve(io.cwd, calibration);
  const text = path === null ? null : readJudged(io, '--calibration', calibration!);
  const lines = (text ?? '').split('\n').flatMap((each, at) => (each.trim() === '' ? [] : [{ line: at + 1, text: each }]));
  const known = text === null ? [] : readCalibration(lines, plain(calibration!));
  return {
    batch_sha256: sha256(canonicalJson({ task, output, reference, isSwapped })),
    calibration_sha256: text === null ? null : sha256(text),
    items: [...known, { id: 'output', task, output, reference, names: [], label: null }],
    rows: [{ question_id: 'output', item: known.length }],
    not_scored: 0,
  };
}

function slugOf(output: string): string {
  const name = basename(output, extname(output))
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, '-')
    .replaceAll(/^[-_]+|-+$/g, '')
    .slice(0, 60);
  return isSlug(name) ? name : 'output';
}

function overBudget(capUsd: number | null): OverBudgetError {
  return new OverBudgetError(
    `judging the output: expected room for every judge under the cap${capUsd === null ? ' of the day' : ` of $${capUsd}`}, found too little; the others were not asked.`,
    'What was answered is kept: run the same command with a higher --max-usd, or tomorrow where cost.per_day_usd is used up.',
  );
}
