import { readWorkspace } from '../../adapters/files/workspace.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import type { DoctorCheck, DoctorReport } from '../../schemas/doctor-report.ts';
import { checkBaselines } from '../doctor/check-baselines.ts';
import { checkCorpora, checkQuestions } from '../doctor/check-bench-data.ts';
import { checkBudget } from '../doctor/check-budget.ts';
import { checkCapture } from '../doctor/check-capture.ts';
import { checkConfig, checkSources, type ConfigFinding } from '../doctor/check-config.ts';
import { checkLakeFiles, checkTemporaries } from '../doctor/check-data.ts';
import { checkDrift } from '../doctor/check-drift.ts';
import { checkEmbedder, checkReranker } from '../doctor/check-embedder.ts';
import { checkServer, checkServerBinary, checkWorker } from '../doctor/check-engine.ts';
import { checkInference } from '../doctor/check-inference.ts';
import { checkLedgers } from '../doctor/check-ledgers.ts';
import { checkDisk, checkNode } from '../doctor/check-machine.ts';
import { checkMode } from '../doctor/check-mode.ts';
import { checkPause, PAUSE_CHECK } from '../doctor/check-pause.ts';
import type { Patient } from '../doctor/checks.ts';
import { checkUnfinishedRuns } from '../doctor/check-runs.ts';
import { checkLocks, checkWorkspace } from '../doctor/check-workspace.ts';
import { commandBudget } from '../cost/command-budget.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import { loadConfig, workspaceFolder, type PlaceOptions } from '../places.ts';
import { withEngineView } from '../runs/engine-view.ts';
import { knownRuns } from '../runs/known-runs.ts';
import { readServerStatus } from '../server-report.ts';

export interface DoctorOptions extends PlaceOptions {
  readonly json?: boolean;
}

/** `lauter doctor`: every check that can be made without changing anything, but for the ledger of money where a model that costs some is asked; 2 when one of them fails, 1 when only a pause is past its time. */
export async function doctor(io: Io, options: DoctorOptions, look = withEngineView): Promise<ExitCode> {
  const root = workspaceFolder(io, options);
  const checks = [
    checkNode(process.versions.node),
    checkDisk(root),
    checkWorkspace({ root, options }),
    checkPause({ root, options }),
    ...(await checkRest(io, root, options, look)),
  ];
  const report: DoctorReport = { schema: 'doctor-report/1', state: worstOf(checks), workspace: root, checks };
  io.out(options.json === true ? JSON.stringify(report, null, 2) : tellReport(report));
  return codeOf(checks);
}

async function checkRest(io: Io, root: string, options: DoctorOptions, look: typeof withEngineView): Promise<DoctorCheck[]> {
  const config = findConfig(io, root, options);
  const status = await readServerStatus(io, root);
  const patient = { io, root, options };
  const checks = [
    checkConfig(config),
    ...('problem' in config ? [] : await checkConfigured(patient, config)),
    await checkServerBinary(patient, status),
    checkServer(patient, status),
  ];
  const id = workspaceId(root);
  if (id === null) return checks;
  const ofRuns = await look(io, { root, id }, async (engine) => {
    const runs = await knownRuns(root, engine);
    return [await checkWorker(patient, engine, runs), checkUnfinishedRuns(patient, runs)];
  });
  const ofData = [await checkLakeFiles(patient), await checkCorpora(patient), await checkQuestions(patient), await checkLedgers(patient)];
  return [...checks, ...ofRuns, checkLocks(patient), ...ofData, checkCapture(patient), checkBaselines(patient), checkTemporaries(patient)];
}

/** What the config names. */
async function checkConfigured(
  patient: Patient,
  config: Exclude<ConfigFinding, { readonly problem: LauterError }>,
): Promise<DoctorCheck[]> {
  const { search: settings, cost } = config.value;
  const search = { base: config.base, search: settings, budget: commandBudget(patient.root, 'doctor', cost) };
  const models = { embedder: await checkEmbedder(patient, search), reranker: await checkReranker(patient, search) };
  return [
    checkSources(config),
    await checkInference(patient, config.value),
    models.embedder,
    models.reranker,
    await checkBudget(patient, cost),
    checkMode(patient, settings, models),
    await checkDrift(patient, { config: config.value, base: config.base }),
  ];
}

function findConfig(io: Io, root: string, options: DoctorOptions): ConfigFinding {
  try {
    const { config, path, base } = loadConfig(io, root, options);
    return { value: config, path, base };
  } catch (error) {
    if (error instanceof LauterError) return { problem: error };
    throw error;
  }
}

/** Null for a folder that is no workspace; the check of the workspace says why. */
function workspaceId(root: string): string | null {
  try {
    return readWorkspace(root)?.id ?? null;
  } catch (error) {
    if (error instanceof LauterError) return null;
    throw error;
  }
}

function codeOf(checks: readonly DoctorCheck[]): ExitCode {
  const failed = checks.filter(({ state }) => state === 'fail');
  if (failed.length === 0) return EXIT.accepted;
  return failed.every(({ name }) => name === PAUSE_CHECK) ? EXIT.refused : EXIT.impossible;
}

function worstOf(checks: readonly DoctorCheck[]): DoctorReport['state'] {
  return (['fail', 'warn'] as const).find((state) => checks.some((check) => check.state === state)) ?? 'ok';
}

const MARKS = { ok: '✔', warn: '!', fail: '✘' };

function tellReport({ checks, state }: DoctorReport): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.flatMap(({ name, state: own, found, expected, remedy }) => [
    `${MARKS[own]} ${own.padEnd(4)}  ${name.padEnd(width)}  ${plain(found)}`,
    ...(own === 'ok'
      ? []
      : [`${' '.repeat(width + 10)}expected ${plain(expected)}`, ...(remedy === '' ? [] : [`${' '.repeat(width + 10)}${plain(remedy)}`])]),
  ]);
  return [...lines, '', `${MARKS[state]} ${state}`].join('\n');
}
