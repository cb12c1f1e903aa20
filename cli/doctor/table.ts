import type { DoctorCheck } from '../../schemas/doctor-report.ts';
import type { EngineView } from '../runs/engine-view.ts';
import { checkBaselines } from './check-baselines.ts';
import { checkCorpora, checkQuestions } from './check-bench-data.ts';
import { checkBudget } from './check-budget.ts';
import { checkCapture } from './check-capture.ts';
import { checkConfig, checkSources } from './check-config.ts';
import { checkContradictions } from './check-contradictions.ts';
import { checkLakeFiles, checkTemporaries } from './check-data.ts';
import { checkDrift } from './check-drift.ts';
import { checkServer, checkServerBinary, checkWorker } from './check-engine.ts';
import { checkInference } from './check-inference.ts';
import { checkLedgers } from './check-ledgers.ts';
import { checkDisk, checkNode } from './check-machine.ts';
import { checkMode } from './check-mode.ts';
import { checkNotices } from './check-notices.ts';
import { checkPause, PAUSE_CHECK } from './check-pause.ts';
import { checkProbeHealth } from './check-probe-health.ts';
import { checkUnfinishedRuns } from './check-runs.ts';
import { checkSchedule } from './check-schedule.ts';
import { checkLocks, checkWorkspace } from './check-workspace.ts';
import type { Configured, Facts } from './facts.ts';

type Found = DoctorCheck | Promise<DoctorCheck>;
type Check = (facts: Facts) => Found | null;

/** Every check by its name, in the order in which they are told. Null stands for one that cannot be made, for lack of a config that can be read or of a workspace. */
const CHECKS: Readonly<Record<string, Check>> = {
  node: () => checkNode(process.versions.node),
  disk: ({ root }) => checkDisk(root),
  workspace: checkWorkspace,
  [PAUSE_CHECK]: checkPause,
  config: ({ config }) => checkConfig(config()),
  sources: configured((config) => checkSources(config)),
  'inference server': configured(({ value }, facts) => checkInference(facts, value)),
  embedder: configured(async (config, { models }) => (await models(config)).embedder),
  reranker: configured(async (config, { models }) => (await models(config)).reranker),
  budget: configured(({ value }, facts) => checkBudget(facts, value.cost)),
  search_mode: configured(async (config, facts) => checkMode(facts, config.value.search, await facts.models(config))),
  eval_drift: configured(({ value, base }, facts) => checkDrift(facts, { config: value, base })),
  'server program': async (facts) => checkServerBinary(facts, await facts.server()),
  server: async (facts) => checkServer(facts, await facts.server()),
  worker: withEngine(async (engine, facts) => checkWorker(facts, engine, await facts.runs(engine))),
  'unfinished runs': withEngine(async (engine, facts) => checkUnfinishedRuns(facts, await facts.runs(engine))),
  locks: inWorkspace(checkLocks),
  lake: inWorkspace(checkLakeFiles),
  corpora: inWorkspace(checkCorpora),
  questions: inWorkspace(checkQuestions),
  ledgers: inWorkspace(checkLedgers),
  eval_capture: inWorkspace((facts) => checkCapture(facts)),
  baseline_integrity: inWorkspace(checkBaselines),
  contradictions: inWorkspace((facts) => checkContradictions(facts)),
  nightly_quality_probe_health: configured(({ value }, facts) => checkProbeHealth(facts, value.probe.nightly)),
  notices: configured(({ value, base }, facts) => checkNotices(facts, { notify: value.probe.notify, base })),
  schedule: configured(({ value }, facts) => withEngine((engine) => checkSchedule(facts, engine, value))(facts)),
  'temporary files': inWorkspace(checkTemporaries),
};

/** Names of all checks. */
export const CHECK_NAMES: readonly string[] = Object.keys(CHECKS);

/** Checks that ask the engine. */
export const ENGINE_CHECKS: ReadonlySet<string> = new Set(['worker', 'unfinished runs', 'schedule']);

/** Makes a check; null where it cannot be made, for lack of a config that can be read or of a workspace. */
export async function makeCheck(name: string, facts: Facts): Promise<DoctorCheck | null> {
  return (await CHECKS[name]?.(facts)) ?? null;
}

function configured(check: (config: Configured, facts: Facts) => Found | null): Check {
  return (facts) => {
    const config = facts.config();
    return 'problem' in config ? null : check(config, facts);
  };
}

function inWorkspace(check: (facts: Facts) => Found): Check {
  return (facts) => (facts.workspaceId === null ? null : check(facts));
}

function withEngine(check: (engine: EngineView, facts: Facts) => Found): Check {
  return (facts) => (facts.engine === null ? null : check(facts.engine, facts));
}
