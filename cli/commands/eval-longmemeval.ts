import { existsSync, readdirSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, resolve } from 'node:path';
import type { LongMemEvalResult, LongMemEvalRun } from '../../activities/eval-contract.ts';
import { digestFile } from '../../adapters/file-digest.ts';
import { readHypotheses } from '../../adapters/longmemeval/hypothesis-file.ts';
import { openLongMemEvalStore, type LongMemEvalStore } from '../../adapters/longmemeval/run-store.ts';
import { capOf } from '../../domain/cost/index.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { renderLongMemEval } from '../../reports/longmemeval/render-longmemeval.ts';
import type { LongMemEvalReport } from '../../schemas/longmemeval-report.ts';
import { codeOf } from '../../worker/inputs/code-commit.ts';
import { estimateSpending } from '../../worker/inputs/estimate-longmemeval.ts';
import { tellReport } from '../bench/tell-report.ts';
import { askToSpend } from '../cost/ask-to-spend.ts';
import { withEngine } from '../engine-session.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { WorkWords } from '../follow-work.ts';
import { glossaryBelow, type GlossaryChoice } from '../glossary/tell-glossary.ts';
import { plain, type Io } from '../io.ts';
import { longMemEvalSettings, type LongMemEvalOptions } from '../longmemeval/longmemeval-settings.ts';
import { longMemEvalMeta, type SaidByRow } from '../longmemeval/report-meta.ts';
import { readQuestionIds } from '../longmemeval/read-question-ids.ts';
import { tellForecast } from '../longmemeval/tell-forecast.ts';
import { tellLongMemEval } from '../longmemeval/tell-longmemeval.ts';
import { loadConfig, workspaceFolder } from '../places.ts';
import type { ShownProgress } from '../progress.ts';
import { startWork, type RunBegun } from '../start-work.ts';

/** As `lauter` is given it; what the config limits it by. */
const COMMAND = 'eval longmemeval';
const USUAL_CAP_USD = 5;

const WORDS: WorkWords = {
  stopping: 'stopping after the current question; interrupt again to end at once …',
  terminated: '',
  remedy: 'Rows that were done are kept: run the same command with --resume-from and the file that --output named.',
};

/** `lauter eval longmemeval`: searches every question in a collection of its own, and has it answered and judged where that is asked for. */
export async function evalLongMemEval(io: Io, given: string, options: LongMemEvalOptions & GlossaryChoice): Promise<ExitCode> {
  const workspaceDir = workspaceFolder(io, options);
  const { config, base } = loadConfig(io, workspaceDir, options);
  const settings = await longMemEvalSettings(io, options, config);
  const path = resolve(io.cwd, given);
  const dataset = { path, name: basename(path), sha256: hashOf(io, path, given) };
  const output = options.output === undefined ? null : resolve(io.cwd, options.output);
  const resume_from = options.resumeFrom === undefined ? null : resolve(io.cwd, options.resumeFrom);
  const asked = {
    dataset,
    limit: options.limit ?? null,
    question_ids: options.questionIds === undefined ? null : readQuestionIds(options.questionIds, io.cwd),
    output,
    settings,
    base,
  };
  if (resume_from !== null) readHypotheses(resume_from);
  const capUsd = capOf(config.cost, COMMAND, { flagUsd: options.maxUsd, defaultUsd: USUAL_CAP_USD });
  const forecast = await estimateSpending({ ...asked, resume_from }, config.cost);
  if (forecast !== null) io.err(tellForecast(forecast, capUsd));
  const estimate = { what: 'the run', usd: forecast?.usd ?? 0, capUsd };
  if ((await askToSpend(io, { estimates: [estimate], isYes: options.yes === true })) === 'refused') return EXIT.impossible;
  return withEngine(io, { workspaceDir, config, keepServer: options.keepServer ?? false }, async (session) => {
    const store = openLongMemEvalStore(session.workspace.root);
    const code = await codeOf(io.env);
    const runOf = (begun: RunBegun): LongMemEvalRun => {
      const frame = { run_id: begun.run_id, command: COMMAND, cap_usd: capUsd };
      return {
        ...asked,
        ...begun,
        budget: { cost: config.cost, retrieval: frame, answers: frame, estimated_usd: forecast?.usd ?? 0 },
        resume_from,
        code,
        // One more than can be worked on, so that a thread that is done finds the next one at hand.
        window: (config.engine.threads ?? availableParallelism()) + 1,
        heartbeat_timeout_ms: config.engine.heartbeat_timeout_s * 1000,
      };
    };
    const result = await startWork<LongMemEvalResult>(io, session, {
      workflow: 'longMemEval',
      prefixes: { workflow: 'longmemeval', run: 'longmemeval' },
      // Whoever goes on with a run that was left does what it would have done, so the file to go on from makes no other work of it.
      decidedBy: { ...asked, cost: config.cost, capUsd },
      giveUpAfterMs: config.engine.give_up_after_s * 1000,
      inputOf: (begun) => ({ run: runOf(begun) }),
      beforeStart: () => refusePaidRows(options, output),
      onStarted: (begun) => store.write(begun.run_id, 'input', runOf(begun)),
      progress: (id) => progressOf(store, id),
      words: WORDS,
    });
    if (result === null) return EXIT.interrupted;
    showRun(io, store, result.run_id, options);
    return result.exit_code;
  });
}

/** From this size on, a file that has to come from the disk keeps people waiting long enough to wonder. */
const NOTEWORTHY_BYTES = 32_000_000;

function hashOf(io: Io, path: string, given: string): string {
  const sizeBytes = statSync(path, { throwIfNoEntry: false })?.size;
  if (sizeBytes === undefined) {
    throw new UsageError(
      `reading the dataset ${given}: expected a file, found none.`,
      'Name a file of LongMemEval, a JSON array or JSON lines.',
    );
  }
  if (sizeBytes >= NOTEWORTHY_BYTES) io.err(`reading ${plain(basename(path))}, ${Math.round(sizeBytes / 1e6)} MB …`);
  return digestFile(path).sha256;
}

/** Answers cost money: a file that holds some is never written over. */
function refusePaidRows({ output: given, resumeFrom }: LongMemEvalOptions, output: string | null): void {
  if (output === null || resumeFrom !== undefined || !existsSync(output)) return;
  const isAnswered = (value: unknown): boolean => ((value as { hypothesis?: unknown } | null)?.hypothesis ?? '') !== '';
  if (!readHypotheses(output).lines.some(({ value }) => isAnswered(value))) return;
  throw new UsageError(
    `writing ${given}: expected no file with answers, found one.`,
    `Go on with it by --resume-from ${given}, or name another file: answers are never written over.`,
    { flag: '--output' },
  );
}

/** Batches that have ended, of all. */
function progressOf(store: LongMemEvalStore, runId: string): ShownProgress | undefined {
  if (!store.has(runId, 'plan')) return undefined;
  const { pending } = store.read<{ pending: readonly unknown[] }>(runId, 'plan');
  const batches = readdirSync(store.folder(runId)).filter((name) => /^batch-\d+\.jsonl$/.test(name));
  const done = batches.reduce((sum, name) => sum + store.readLines(runId, name.replace('.jsonl', '')).length, 0);
  return { run_id: runId, stage: 'questions', done: Math.min(done, pending.length), total: pending.length, rows: 0, paused: null };
}

function showRun(io: Io, store: LongMemEvalStore, runId: string, options: LongMemEvalOptions & GlossaryChoice): void {
  const kept = store.read<LongMemEvalReport>(runId, 'report');
  const lines = store.readLines(runId, 'hypotheses');
  const rows = lines.map((line) => JSON.parse(line) as SaidByRow);
  const _meta = longMemEvalMeta(io, kept, store.read<LongMemEvalRun>(runId, 'input'), rows);
  const report: LongMemEvalReport = { ...kept, ...(kept.output === null ? { hypotheses: rows } : {}), _meta };
  if (options.report !== undefined) tellReport(io, options.report, renderLongMemEval(report));
  if (options.json === true) {
    io.out(JSON.stringify(report, null, 2));
    return;
  }
  const told =
    tellLongMemEval(report, options.byType === true || report.floor !== null) + glossaryBelow(options, Object.keys(_meta.metric_glossary));
  if (report.output === null) {
    io.out(lines.join('\n'));
    io.err(told);
  } else io.out(told);
}
