import { sumUsd } from '../../domain/cost/index.ts';
import {
  agreementOf,
  calibrateJudges,
  decidingCycle,
  isSlug,
  judgeBatch,
  panelPromptHash,
  type BatchRowOutcome,
} from '../../domain/panel/index.ts';
import type { PanelBatch } from '../../schemas/panel-batch.ts';
import type { PanelCalibration } from '../../schemas/panel-calibration.ts';
import type { PanelReceipt } from '../../schemas/panel-receipt.ts';
import type { PanelBatchResult, PanelBatchRun } from '../panel-contract.ts';
import type { ChosenRow } from './choose-items.ts';
import { panelReceipt, usageOf } from './panel-receipt.ts';
import type { EndedRun, WrittenPlan } from './plan.ts';
import { readReplies, type CycleReplies } from './read-replies.ts';
import type { PanelWorld } from './world.ts';

/** Reads what all judges said, and writes what the batch comes to. A run ends once: a next attempt says the same. */
export async function endPanelBatch(world: PanelWorld, run: PanelBatchRun): Promise<PanelBatchResult> {
  const { files } = world;
  if (!files.has(run.run_id, 'report')) {
    const { summary, isComplete } = await summarize(world, run, files.read<WrittenPlan>(run.run_id, 'plan'));
    files.write(run.run_id, 'ended', { is_complete: isComplete } satisfies EndedRun);
    files.write(run.run_id, 'report', summary);
  }
  const summary = files.read<PanelBatch>(run.run_id, 'report');
  if (run.output !== null) files.writeOutput(run.output, summary);
  return resultOf(run.run_id, summary);
}

interface Summarized {
  readonly summary: PanelBatch;
  readonly isComplete: boolean;
}

async function summarize(world: PanelWorld, run: PanelBatchRun, plan: WrittenPlan): Promise<Summarized> {
  const timestamp = world.clock.now();
  const known = calibrationOf(world, run, plan);
  const rows = plan.rows.map((row, at) => judgeRow(world, run, plan, row, { at, timestamp, calibration: known.whole }));
  const { verdict, counts } = judgeBatch(rows.map(({ outcome }) => outcome));
  const adjusted = known.whole === null ? null : judgeBatch(rows.map((row) => row.adjusted ?? row.outcome));
  const replies = rows.flatMap((row) => row.replies);
  const calls = [...known.replies, ...replies].flatMap((each) => each.calls);
  const summary: PanelBatch = {
    schema_version: 1,
    kind: 'cross_modal_batch_summary',
    timestamp,
    ...counts,
    verdict,
    est_cost_usd: run.budget.estimated_usd ?? 0,
    actual_cost_usd: await costOf(world, run, plan),
    slots: run.judges.map(({ id, model }) => ({ id, model })),
    cycles_per_question: run.cycles,
    concurrent: run.concurrent,
    not_scored: plan.not_scored,
    input_sha256: plan.batch_sha256,
    dimensions: [...run.dimensions],
    blinded: run.blind_names !== null,
    swapped: false,
    prompt_hash: panelPromptHash(run.dimensions, world.sha256),
    usage: usageOf(calls),
    agreement: agreementOf(replies.map(({ slots }) => slots)),
    ...(known.calibration === null ? {} : { calibration: known.calibration }),
    ...(adjusted === null ? {} : { adjusted: adjustedOf(adjusted) }),
    per_question: rows.map(({ told }) => told),
  };
  const isComplete = counts.budget_skipped === 0 && known.isWhole && calls.every(({ state }) => state === 'answered');
  return { summary, isComplete };
}

interface KnownJudges {
  readonly isWhole: boolean;
  readonly calibration: PanelCalibration | null;
  /** Null where a part was not paid for: scores are not adjusted by half of what was asked for. */
  readonly whole: PanelCalibration | null;
  readonly replies: readonly CycleReplies[];
}

function calibrationOf(world: PanelWorld, run: PanelBatchRun, { items }: WrittenPlan): KnownJudges {
  const labelled = items.flatMap((item, at) => (item.label === null ? [] : [{ item, at, label: item.label }]));
  if (labelled.length === 0) return { isWhole: true, calibration: null, whole: null, replies: [] };
  const judged = labelled.flatMap(({ item, at, label }) => {
    const replies = readReplies(world, run, item, { item: at, cycle: 1, isSwapped: false });
    return replies === null ? [] : [{ label, slots: replies.slots, replies }];
  });
  const calibration = calibrateJudges(judged, run.dimensions);
  const isWhole = judged.length === labelled.length;
  return { isWhole, calibration, whole: isWhole ? calibration : null, replies: judged.map(({ replies }) => replies) };
}

interface JudgedRow {
  readonly outcome: BatchRowOutcome;
  readonly adjusted?: BatchRowOutcome | undefined;
  readonly told: PanelBatch['per_question'][number];
  readonly replies: readonly CycleReplies[];
}

interface RowFrame {
  readonly at: number;
  readonly timestamp: string;
  readonly calibration: PanelCalibration | null;
}

function judgeRow(world: PanelWorld, setup: PanelBatchRun, plan: WrittenPlan, row: ChosenRow, frame: RowFrame): JudgedRow {
  const { question_id } = row;
  if ('fault' in row) {
    const verdict = row.fault === 'malformed' ? 'error' : row.fault;
    return { outcome: row.fault, told: { question_id, verdict, error: row.error }, replies: [] };
  }
  const item = plan.items[row.item]!;
  const { timestamp, calibration } = frame;
  const { sha256 } = world;
  const cycles = Array.from({ length: setup.cycles }, (_, index) => index + 1).flatMap((cycle) => {
    const replies = readReplies(world, setup, item, { item: row.item, cycle, isSwapped: false });
    const receipt_path = `#/per_question/${frame.at}/receipts/${cycle - 1}`;
    const slug = isSlug(question_id) ? question_id : 'question';
    const about = { setup, item, cycle, slug, timestamp, receipt_path, isSwapped: false, calibration, sha256 };
    return replies === null ? [] : [{ replies, receipt: panelReceipt(replies, about) }];
  });
  const [first, ...rest] = cycles.map(({ receipt }) => receipt);
  const replies = cycles.map((cycle) => cycle.replies);
  if (first === undefined || cycles.length < setup.cycles) {
    const error = 'the budget was used up before all judges were asked';
    return { outcome: 'budget_skipped', told: { question_id, verdict: 'error', error, budget_skipped: true }, replies };
  }
  const { aggregate } = decide(first, rest, 'aggregate');
  const adjusted = first.adjusted === undefined ? undefined : decide(first, rest, 'adjusted').aggregate.verdict;
  return {
    outcome: aggregate.verdict,
    adjusted,
    told: {
      question_id,
      verdict: aggregate.verdict,
      final_aggregate: aggregate,
      ...(adjusted === undefined ? {} : { adjusted_verdict: adjusted }),
      receipts: [first, ...rest],
    },
    replies,
  };
}

function decide(first: PanelReceipt, rest: readonly PanelReceipt[], by: 'aggregate' | 'adjusted') {
  const byVerdict = (receipt: PanelReceipt) => {
    const aggregate = receipt[by] ?? receipt.aggregate;
    return { aggregate, verdict: aggregate.verdict };
  };
  return decidingCycle([byVerdict(first), ...rest.map(byVerdict)]);
}

/** What this run has added to the budget, whoever else pays out of it before. */
async function costOf(world: PanelWorld, run: PanelBatchRun, { spent_before_usd: before }: WrittenPlan): Promise<number> {
  return Math.max(0, sumUsd([await world.budget(run).spentUsd(), -before]));
}

function adjustedOf({ verdict, counts }: ReturnType<typeof judgeBatch>): NonNullable<PanelBatch['adjusted']> {
  const { pass_count, fail_count, inconclusive_count } = counts;
  return { verdict, pass_count, fail_count, inconclusive_count };
}

const EXIT_CODES = { pass: 0, fail: 1, inconclusive: 2, error: 2 } as const;

function resultOf(run_id: string, summary: PanelBatch): PanelBatchResult {
  const { verdict } = summary;
  return {
    run_id,
    verdict,
    exit_code: EXIT_CODES[verdict],
    counts: {
      total: summary.total,
      pass: summary.pass_count,
      fail: summary.fail_count,
      inconclusive: summary.inconclusive_count,
      error: summary.error_count,
      upstream_error: summary.upstream_error_count,
      malformed: summary.malformed_count,
      budget_skipped: summary.budget_skipped ?? 0,
      not_scored: summary.not_scored ?? 0,
    },
    est_cost_usd: summary.est_cost_usd,
    actual_cost_usd: summary.actual_cost_usd ?? 0,
  };
}
