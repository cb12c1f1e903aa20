import { findServerBinary } from '../../adapters/temporal/server-binary.ts';
import { serverPlaces } from '../../adapters/temporal/server-places.ts';
import { EngineError } from '../../domain/shared/errors.ts';
import { formatAmount } from '../../reports/shared/format.ts';
import type { DoctorCheck } from '../../schemas/doctor-report.ts';
import type { ServerStatusReport } from '../../schemas/server-status.ts';
import { commandFor } from '../command-line.ts';
import type { EngineView } from '../runs/engine-view.ts';
import type { KnownRun } from '../runs/known-runs.ts';
import { ENDED } from '../runs/run-view.ts';
import { fail, ok, warn, type Patient } from './checks.ts';

/** A server can be had: one is named, or there is a program to start one with. */
export async function checkServerBinary({ io }: Pick<Patient, 'io'>, { from, address }: ServerStatusReport): Promise<DoctorCheck> {
  const expected = 'TEMPORAL_ADDRESS, or `temporal` by LAUTER_TEMPORAL_BIN, on PATH or in the cache';
  if (from === 'environment') return ok('server program', `none needed: the environment names ${address ?? 'a server'}`, expected);
  try {
    const binary = await findServerBinary(io.env);
    return ok('server program', `${binary.path} (server ${binary.serverVersion}), from ${binary.from}`, expected);
  } catch (error) {
    if (error instanceof EngineError) return fail('server program', error.message, expected, error.remedy);
    throw error;
  }
}

/** The server answers, or none is up. */
export function checkServer({ root, options }: Pick<Patient, 'root' | 'options'>, status: ServerStatusReport): DoctorCheck {
  const expected = status.from === 'environment' ? 'an answer' : 'an answer, or no server';
  const at = status.address ?? 'no address';
  if (status.state === 'answering')
    return ok('server', `answers at ${at}${status.server_version === null ? '' : `, server ${status.server_version}`}`, expected);
  if (status.state === 'stopped') return ok('server', 'stopped; commands that need it start it', expected);
  if (status.from === 'environment')
    return fail('server', `no answer from ${at}`, expected, 'Start that server, or unset TEMPORAL_ADDRESS.');
  const remedy = `${commandFor('server stop', options)}   # its log: ${serverPlaces(root).log}`;
  return fail('server', `process ${status.pid ?? '?'} lives, but does not answer at ${at}`, expected, remedy);
}

/** Somebody works where there is work. */
export async function checkWorker(
  { options }: Pick<Patient, 'options'>,
  engine: EngineView,
  runs: readonly KnownRun[],
): Promise<DoctorCheck> {
  const expected = 'a worker while runs are going on';
  const workers = await engine.workers();
  if (workers.length > 0) return ok('worker', `${formatAmount(workers.length, 'worker')}: ${workers.join(', ')}`, expected);
  const waiting = runs.filter(({ view }) => !ENDED.has(view.state) && view.paused_by === null && view.worked_on === false);
  if (waiting.length === 0) return ok('worker', 'none, and no run waits for one', expected);
  return warn(
    'worker',
    `none, and ${formatAmount(waiting.length, 'run')} wait for one`,
    expected,
    commandFor('worker --with-server', options),
  );
}
