import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { endPause } from '../../activities/pause/end-pause.ts';
import { closeLease } from '../../activities/pause/leases.ts';
import { now, nowMs } from '../../adapters/clock.ts';
import { openLeaseFile, type LeaseFile } from '../../adapters/pause/lease-file.ts';
import { isAlive } from '../../adapters/process-identity.ts';
import { openProduction } from '../../adapters/production/client.ts';
import { readProductionUrl, showProductionUrl } from '../../adapters/production/production-url.ts';
import { decideRecovery, type OwnerFacts, type RecoveryStep, type ResumeVerdict } from '../../domain/pause/index.ts';
import { LeaseLostError } from '../../domain/shared/errors.ts';
import type { BenchRecovery } from '../../schemas/bench-recovery.ts';
import type { PauseLease, PauseMarker } from '../../schemas/pause-lease.ts';
import { commandFor } from '../command-line.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import { findOpenWorkflow } from '../pause/find-open-workflow.ts';
import { loadConfig, workspaceFolder, type PlaceOptions } from '../places.ts';

export interface BenchRecoverOptions extends PlaceOptions {
  readonly productionUrl?: string;
  readonly json?: boolean;
}

const CODES = {
  nothing_to_do: EXIT.accepted,
  recovered: EXIT.accepted,
  refused: EXIT.refused,
  not_verified: EXIT.refused,
  impossible: EXIT.impossible,
} as const satisfies Record<BenchRecovery['outcome'], ExitCode>;

/** Tries to resume before a pause is left to the guard or to a next call. */
const ATTEMPTS = 3;
const AGAIN_MS = 1_000;

/** `lauter bench recover`: ends a pause whose owner is dead, and takes its marker away once production is verified to be resumed. */
export async function benchRecover(io: Io, options: BenchRecoverOptions, isWorkflowOpen = findOpenWorkflow): Promise<ExitCode> {
  const workspace = workspaceFolder(io, options);
  const file = openLeaseFile(workspace);
  const marker = file.read();
  const owner = await ownerOf(marker, (id) => isWorkflowOpen(io, workspace, id));
  const url = marker.kind === 'unreadable' ? configuredUrl(io, workspace, options) : null;
  const step = decideRecovery(marker, owner, url, nowMs());
  const recovery = await recover(file, marker, step, options);
  io.out(options.json === true ? JSON.stringify(recovery, null, 2) : tellRecovery(recovery));
  return CODES[recovery.outcome];
}

async function ownerOf(marker: PauseMarker, isOpen: (workflowId: string) => Promise<boolean>): Promise<OwnerFacts> {
  if (marker.kind !== 'lease') return { isWorkflowOpen: false, isProcessAlive: false };
  const { host, pid, pid_started: started = '', owner } = marker.lease;
  const isProcessAlive = host === hostname() ? isAlive({ pid, started }) : null;
  // Nobody is asked who cannot change the answer.
  return { isProcessAlive, isWorkflowOpen: isProcessAlive !== true && (await isOpen(owner)) };
}

function configuredUrl(io: Io, workspace: string, options: BenchRecoverOptions): string | null {
  const stated = options.productionUrl ?? loadConfig(io, workspace, options).config.bench.production_url;
  return stated === undefined ? null : readProductionUrl(stated);
}

async function recover(file: LeaseFile, marker: PauseMarker, step: RecoveryStep, options: PlaceOptions): Promise<BenchRecovery> {
  const lease = marker.kind === 'lease' ? marker.lease : null;
  const about = aboutLease(lease);
  switch (step.act) {
    case 'nothing':
      return { ...about, outcome: 'nothing_to_do' };
    case 'clear':
      await closeLease(file, lease?.token ?? null, now());
      return { ...about, outcome: 'nothing_to_do', found: 'the marker of a pause that is over; it was removed' };
    case 'refuse':
      return { ...about, outcome: 'refused', found: `expected the owner dead, found ${step.found}`, remedy: step.remedy };
    case 'give_up': {
      const remedy = `Name it: \`${commandFor('bench recover --production-url URL', options)}\`, or set bench.production_url.`;
      return { ...about, outcome: 'impossible', found: step.found, remedy };
    }
    case 'resume': {
      const shown = { ...about, production_url: showProductionUrl(step.url) };
      const verdict = await resumeSeveralTimes(file, lease, step.url);
      if (verdict.verdict === 'verified') return { ...shown, outcome: 'recovered', moved_aside: step.isBroken };
      const remedy = `Look at the production system, then run \`${commandFor('bench recover', options)}\` again.`;
      return { ...shown, outcome: 'not_verified', found: verdict.found, remedy };
    }
  }
}

function aboutLease(lease: PauseLease | null): Omit<BenchRecovery, 'outcome'> {
  const shown = lease === null ? null : showProductionUrl(lease.production_url);
  const holder = { owner: lease?.owner ?? null, token: lease?.token ?? null };
  return { schema: 'bench-recovery/1', production_url: shown, ...holder, found: '', remedy: '', moved_aside: false };
}

async function resumeSeveralTimes(file: LeaseFile, lease: PauseLease | null, url: string): Promise<ResumeVerdict> {
  const world = { clock: { now, nowMs }, leases: file, production: openProduction };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const verdict = await endPause(world, { production_url: url, token: lease?.token ?? null, why: 'released' });
      if (verdict.verdict === 'verified' || attempt === ATTEMPTS) return verdict;
    } catch (error) {
      if (!(error instanceof LeaseLostError)) throw error;
      return { verdict: 'not_verified', found: 'another lease, which was opened meanwhile' };
    }
    await sleep(AGAIN_MS);
  }
}

function tellRecovery({ outcome, production_url, owner, found, remedy, moved_aside }: BenchRecovery): string {
  const on = production_url ?? 'production';
  const words = {
    nothing_to_do: `nothing to do: no lease${found === '' ? '' : ` (found ${found})`}`,
    recovered: `recovered: ${on} is resumed, verified by its health; the marker is ${moved_aside ? 'moved aside' : 'removed'}`,
    refused: `refused: recovering the pause of ${owner ?? ''}, on ${on}: ${found}.`,
    not_verified: `not verified: resuming ${on}: expected 200 from resume and health with \`paused\` false, found ${found}. The marker stays.`,
    impossible: `impossible: recovering a pause: expected a production URL, found ${found}. The marker stays.`,
  };
  return [words[outcome], ...(remedy === '' ? [] : [remedy])].map(plain).join('\n');
}
