import { decideProbe, endOfFailure, endOverEstimate, isProbeEnabled, type ProbeEnd } from '../../domain/probe/index.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import type { ProbeKind } from '../../schemas/vocabulary.ts';
import type { PanelBatchRun } from '../panel-contract.ts';
import type { OpenedProbe, ProbeNight, ProbeOfNight } from '../probe-contract.ts';
import type { LoadedConfig, ProbeWorld } from './world.ts';

/** What was decided of a kind; lies in the run's folder. */
export interface ProbeDocument {
  readonly opened: OpenedProbe;
  /** How it ended before it began; null where it began. */
  readonly end: ProbeEnd | null;
  readonly isRecorded: boolean;
  readonly panel: PanelBatchRun | null;
  readonly fixtureSha256: string | null;
  readonly questions: number;
  readonly estimateUsd: number;
}

/** Name of that document. */
export function documentName(kind: ProbeKind): string {
  return `opened-${kind}`;
}

/** The kinds of the config. One that cannot be read is told as the end of a quality probe: there is always one who says so. */
export function beginNight({ files, config }: ProbeWorld, { run_id }: ProbeNight): { readonly kinds: readonly ProbeKind[] } {
  if (!files.has(run_id, 'night')) files.write(run_id, 'night', { kinds: kindsOf(config) });
  return files.read(run_id, 'night');
}

function kindsOf(config: ProbeWorld['config']): readonly ProbeKind[] {
  try {
    return [...new Set(config().config.probe.nightly.kinds)];
  } catch (error) {
    if (error instanceof Error) return ['quality'];
    throw error;
  }
}

/** Decides whether a kind may begin; what was decided before holds. */
export async function openProbe(world: ProbeWorld, probe: ProbeOfNight): Promise<OpenedProbe> {
  const { files } = world;
  const name = documentName(probe.kind);
  if (!files.has(probe.run_id, name)) files.write(probe.run_id, name, await decide(world, probe));
  return files.read<ProbeDocument>(probe.run_id, name).opened;
}

async function decide(world: ProbeWorld, probe: ProbeOfNight): Promise<ProbeDocument> {
  try {
    const loaded = world.config();
    const { nightly } = loaded.config.probe;
    const nowMs = world.clock.nowMs();
    const decision = decideProbe(
      {
        kind: probe.kind,
        isEnabled: isProbeEnabled(nightly),
        scheduledAt: probe.scheduled_at,
        nowMs,
        windowHours: nightly.window_hours,
        isEmbedderMissing: probe.kind === 'quality' && world.isEmbedderMissing(loaded),
      },
      world.audit.read(nowMs).events,
    );
    return decision.go ? await prepare(world, loaded, probe) : notBegun(decision, decision.isRecorded);
  } catch (error) {
    // What is wrong with config or files is how this night ended, not a reason to try again: it must come to its row before the next one.
    if (error instanceof Error) return notBegun(endOfFailure(failureOf(error)), true);
    throw error;
  }
}

/** The remedy is part of it: in the morning somebody reads it in a file. */
function failureOf(error: Error): { readonly type: string; readonly message: string } {
  const remedy = error instanceof LauterError ? error.remedy : '';
  return { type: error.constructor.name, message: remedy === '' ? error.message : `${error.message} ${remedy}` };
}

async function prepare(world: ProbeWorld, loaded: LoadedConfig, probe: ProbeOfNight): Promise<ProbeDocument> {
  switch (probe.kind) {
    case 'quality': {
      const { run, panel, fixtureSha256, questions, estimateUsd } = await world.qualityWork(loaded, probe);
      const known = { fixtureSha256, questions, estimateUsd };
      const over = endOverEstimate(estimateUsd, loaded.config.probe.nightly.max_usd);
      if (over !== null) return { ...notBegun(over, true), ...known };
      return { ...BEGUN, ...known, opened: { work: 'quality', run }, panel };
    }
    case 'distill-drift':
      return { ...BEGUN, opened: { work: 'distill-drift', run: world.distillWork(loaded, probe) } };
    case 'determinism':
      return { ...BEGUN, opened: { work: 'determinism', sweep: await world.determinismWork(loaded, probe) } };
    case 'replay-queue': {
      const { run, questions, fixtureSha256 } = await world.replayWork(loaded, probe);
      const known = { fixtureSha256, questions, estimateUsd: run.budget.estimated_usd };
      const over = endOverEstimate(known.estimateUsd, loaded.config.probe.nightly.max_usd);
      return over !== null ? { ...notBegun(over, true), ...known } : { ...BEGUN, ...known, opened: { work: 'replay-queue', run } };
    }
  }
}

const BEGUN = { end: null, isRecorded: true, panel: null, fixtureSha256: null, questions: 0, estimateUsd: 0 } as const;

function notBegun(end: ProbeEnd, isRecorded: boolean): ProbeDocument {
  return {
    ...BEGUN,
    opened: { work: 'nothing' },
    end: { outcome: end.outcome, exit_code: end.exit_code, detail: end.detail },
    isRecorded,
  };
}
