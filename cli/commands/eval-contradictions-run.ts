import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { countBatches } from '../../activities/contradictions/batches.ts';
import type { ContradictionsResult, ContradictionsRun, ContradictionsWork } from '../../activities/contradictions-contract.ts';
import { writeFileAtomically } from '../../adapters/atomic-write.ts';
import { nowMs } from '../../adapters/clock.ts';
import { readTrendRows } from '../../adapters/contradictions/trend-rows.ts';
import { sha256 } from '../../adapters/digest.ts';
import { openWorkStore, type WorkStore } from '../../adapters/work-store.ts';
import { JUDGE_PROMPT_VERSION } from '../../domain/contradictions/index.ts';
import { capOf } from '../../domain/cost/index.ts';
import { formatUsd } from '../../reports/shared/format.ts';
import type { ContradictionReport } from '../../schemas/contradiction-report.ts';
import { codeOf } from '../../worker/inputs/code-commit.ts';
import { tellReport } from '../bench/tell-report.ts';
import { awaitPromptNotice } from '../contradictions/await-prompt-notice.ts';
import { readGold } from '../contradictions/read-gold.ts';
import { readQueries, type QueryOptions } from '../contradictions/read-queries.ts';
import { contradictionsMeta } from '../contradictions/report-meta.ts';
import { estimateRun, runSettings, type JudgingOptions } from '../contradictions/run-settings.ts';
import { tellContradictions } from '../contradictions/tell-contradictions.ts';
import { askToSpend } from '../cost/ask-to-spend.ts';
import { withEngine } from '../engine-session.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { WorkWords } from '../follow-work.ts';
import { glossaryBelow, type GlossaryChoice } from '../glossary/tell-glossary.ts';
import { plain, type Io } from '../io.ts';
import { loadConfig, workspaceFolder } from '../places.ts';
import type { ShownProgress } from '../progress.ts';
import { startWork } from '../start-work.ts';

export interface ContradictionsRunOptions extends JudgingOptions, QueryOptions, GlossaryChoice {
  readonly budgetUsd?: number;
  readonly gold?: string;
  readonly yes?: boolean;
  readonly output?: string;
  readonly report?: string;
  readonly keepServer?: boolean;
  readonly json?: boolean;
}

/** As `lauter` is given it; what the config limits it by. */
const COMMAND = 'eval contradictions';
const USUAL_CAP_USD = { atTerminal: 5, elsewhere: 1 };

const WORDS: WorkWords = {
  stopping: 'stopping after the pairs that the judge has; interrupt again to end at once …',
  terminated: '',
  remedy: 'Verdicts are kept for 30 days unless --no-cache was given: the same command takes them from there and judges the rest.',
};

/** `lauter eval contradictions run`: searches queries, has pairs of what they bring judged, and says what does not go together. */
export async function evalContradictionsRun(io: Io, options: ContradictionsRunOptions): Promise<ExitCode> {
  const workspaceDir = workspaceFolder(io, options);
  const { config, base } = loadConfig(io, workspaceDir, options);
  const given = readQueries(options, { cwd: io.cwd, workspace: workspaceDir });
  if (given.malformed > 0) io.err(`${given.malformed} lines of ${plain(given.name ?? '')} hold no query; they are left out`);
  const gold = options.gold === undefined ? [] : readGold(options.gold, io.cwd);
  const settings = await runSettings(io, options, { config, base });
  const capUsd = capOf(config.cost, COMMAND, {
    flagUsd: options.budgetUsd,
    defaultUsd: io.ask === undefined ? USUAL_CAP_USD.elsewhere : USUAL_CAP_USD.atTerminal,
  });
  const estimatedUsd = estimateRun(settings, { queries: given.queries.length, gold: gold.length }, config.cost);
  io.err(`estimated: ${formatUsd(estimatedUsd)} at most; ${capUsd === null ? 'no cap' : `cap ${formatUsd(capUsd)}`}`);
  const estimate = { what: 'the run', usd: estimatedUsd, capUsd };
  if ((await askToSpend(io, { estimates: [estimate], isYes: options.yes === true })) === 'refused') return EXIT.impossible;
  const before = readTrendRows(workspaceDir, -Infinity).rows[0]?.prompt_version ?? null;
  if ((await awaitPromptNotice(io, { before, now: JUDGE_PROMPT_VERSION })) === 'aborted') return EXIT.interrupted;
  return withEngine(io, { workspaceDir, config, keepServer: options.keepServer ?? false }, async (session) => {
    const { root } = session.workspace;
    const store = openWorkStore(root, 'contradictions');
    const queryLines = given.queries.map((query) => JSON.stringify(query));
    const asked = {
      ...settings,
      queries: { name: given.name, sha256: sha256(queryLines.join('\n')), count: queryLines.length, malformed: given.malformed },
      budget: { command: COMMAND, cap_usd: capUsd, estimated_usd: estimatedUsd, cost: config.cost },
    };
    const code = await codeOf(io.env);
    const result = await startWork<ContradictionsResult>(io, session, {
      workflow: 'findContradictions',
      prefixes: { workflow: 'contradictions', run: 'contradictions' },
      decidedBy: { ...asked, gold },
      giveUpAfterMs: config.engine.give_up_after_s * 1000,
      inputOf: ({ run_id }) => {
        const work: ContradictionsWork = {
          run_id,
          batches: countBatches(queryLines.length),
          // One more than can be worked on, so that a judge that has answered finds the next pair at hand.
          window: (config.engine.threads ?? availableParallelism()) + 3,
          heartbeat_timeout_ms: config.engine.heartbeat_timeout_s * 1000,
        };
        return { work };
      },
      // Before the engine knows of the run: whoever goes on with it finds all that it was told.
      beforeStart: (begun) => {
        const { run_id } = begun;
        store.writeLines(run_id, 'queries', queryLines);
        store.writeLines(
          run_id,
          'gold',
          gold.map((pair) => JSON.stringify(pair)),
        );
        store.write(run_id, 'run', { ...asked, ...begun, code } satisfies ContradictionsRun);
      },
      progress: (id) => progressOf(store, id),
      words: WORDS,
    });
    if (result === null) return EXIT.interrupted;
    await showRun(io, root, result.run_id, options);
    return result.exit_code;
  });
}

/** How far back the page looks. */
const TREND_DAYS = 90;
const DAY_MS = 86_400_000;

/** Pairs that have been settled, of all. */
function progressOf(store: WorkStore, runId: string): ShownProgress | undefined {
  if (!store.has(runId, 'order')) return undefined;
  const { pairs } = store.read<{ pairs: number }>(runId, 'order');
  const outcomes = join(store.folder(runId), 'outcomes');
  const done = existsSync(outcomes) ? readdirSync(outcomes).filter((name) => /^\d+\.json$/.test(name)).length : 0;
  return { run_id: runId, stage: 'pairs', done, total: pairs, rows: 0, paused: null };
}

async function showRun(io: Io, root: string, runId: string, options: ContradictionsRunOptions): Promise<void> {
  const store = openWorkStore(root, 'contradictions');
  const kept = store.read<ContradictionReport>(runId, 'report');
  const report: ContradictionReport = { ...kept, _meta: contradictionsMeta(io, kept, store.read<ContradictionsRun>(runId, 'run')) };
  const document = JSON.stringify(report, null, 2);
  if (options.output !== undefined) writeFileAtomically(resolve(io.cwd, options.output), `${document}\n`);
  if (options.report !== undefined) {
    const { renderContradictions } = await import('../../reports/contradictions/render-contradictions.ts');
    const { rows } = readTrendRows(root, nowMs() - TREND_DAYS * DAY_MS);
    tellReport(io, options.report, renderContradictions(report, rows));
  }
  if (options.json === true) io.out(document);
  else io.out(tellContradictions(report) + glossaryBelow(options, Object.keys(report._meta?.metric_glossary ?? {})));
}
