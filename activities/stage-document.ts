import { chainReceipt, type StageFacts } from '../domain/receipts/index.ts';
import { canonicalJson } from '../domain/shared/canonical-json.ts';
import type { RunSettings } from '../schemas/run-settings.ts';
import type { StageReceipt } from '../schemas/stage-receipt.ts';
import { STAGES, type Stage } from '../schemas/vocabulary.ts';
import type { DistillInput, StageInput } from './contract.ts';
import type { Ports } from './ports.ts';

/** Keeps what a stage found: its receipt, chained to the stage before, and the references that later stages need. */
export function saveStage(ports: Ports, input: StageInput, stage: Stage, facts: StageFacts & { readonly version: unknown }): void {
  const { version, ...rest } = facts;
  const chained = chainReceipt(stage, input, rest, readReceipt(ports, input.run, STAGES[STAGES.indexOf(stage) - 1]), {
    endedAt: ports.clock.now(),
    sha256: ports.digests.sha256,
  });
  // A late attempt of a stage that is done must not change the end that the next receipt names.
  const known = readReceipt(ports, input.run, stage);
  const receipt = known !== undefined && areEqualButForTheirEnd(chained, known) ? known : chained;
  if (stage === STAGES[0]) saveSettings(ports, input.run);
  // The version first: a stage counts as done once its receipt is there.
  ports.runs.write(input.run.run_id, `${stage}-version`, version);
  ports.runs.write(input.run.run_id, `${stage}-receipt`, receipt);
  ports.output.writeReport(input.run.run_id, `receipts/${stage}.json`, `${JSON.stringify(receipt, null, 2)}\n`);
}

function areEqualButForTheirEnd(left: StageReceipt, right: StageReceipt): boolean {
  return canonicalJson({ ...left, ended_at: '' }) === canonicalJson({ ...right, ended_at: '' });
}

/** A later audit judges the rows by the settings they were made under, whatever the config says by then. */
function saveSettings(ports: Ports, { run_id, settings }: DistillInput): void {
  ports.runs.write(run_id, 'settings', { schema: 'run-settings/1', run_id, settings } satisfies RunSettings);
}

export function readVersion<Version>(ports: Ports, run: Pick<DistillInput, 'run_id'>, stage: Stage): Version {
  return ports.runs.read<Version>(run.run_id, `${stage}-version`);
}

/** The receipt of a stage of this run, or undefined before it was done. */
export function readReceipt(ports: Ports, run: Pick<DistillInput, 'run_id'>, stage: Stage | undefined): StageReceipt | undefined {
  return stage !== undefined && ports.runs.has(run.run_id, `${stage}-receipt`)
    ? ports.runs.read(run.run_id, `${stage}-receipt`)
    : undefined;
}
