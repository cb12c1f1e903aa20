import type { ReplayAb, ReplayArm, ReplayPair, ReplaySide } from '../../schemas/replay-ab.ts';
import type { ReplayArmsFrame } from '../../schemas/replay-measures.ts';
import type { ReplayRun } from '../../schemas/replay-run.ts';
import { sumUsd } from '../cost/index.ts';
import { percentile } from '../stats/percentile.ts';
import { answeredRow, costOf, type ArmOutcome } from './arm-outcome.ts';
import { countImpaired } from './count-impaired.ts';
import { judgedAgainst, judgedAsRun, measureJudged } from './judge-answers.ts';
import { pairMeasures, type AnsweredTask } from './pair-measures.ts';

/** A task and what became of it in both arms. */
export interface AbTask {
  readonly id: string;
  readonly with: ArmOutcome;
  readonly without: ArmOutcome;
}

/**
 * Compares the answers with playbooks to those without, task by task. A task without an answer in an arm is listed with its reason and is in no figure
 * but the counts and the cost. The baseline is judged twice: as it was run, and on the same evidence, against the bundle that the other arm had, so that
 * what it knows by itself counts as grounded, too. RangeError for ids that come twice, and for an answer without its row.
 */
export function compareArms(tasks: readonly AbTask[], frame: ReplayArmsFrame): ReplayAb {
  const answered = tasks.flatMap(pairRows);
  const { asRun, sameEvidence } = pairMeasures(answered, frame);
  const arms = { with: measureArm('with', tasks, answered), without: measureArm('without', tasks, answered) };
  const again = new Map(answered.map((pair) => [pair.id, pair.sameEvidence]));
  return {
    schema: 'replay-ab/1',
    ...frame,
    verdict: answered.length === tasks.length ? 'compared' : 'unfinished',
    cost_usd: sumUsd([arms.with.cost_usd, arms.without.cost_usd]),
    counts: {
      tasks: tasks.length,
      paired: answered.length,
      unanswered: countState(tasks, 'unanswered'),
      skipped_budget: countState(tasks, 'skipped_budget'),
    },
    arms,
    paired: asRun,
    same_evidence: { without: measureJudged(answered.map((pair) => pair.sameEvidence)), paired: sameEvidence },
    pairs: tasks.map((task) => listPair(task, again.get(task.id) ?? null)),
  };
}

type Arm = 'with' | 'without';

interface PairedRows extends AnsweredTask {
  readonly rows: Readonly<Record<Arm, ReplayRun>>;
}

function pairRows(task: AbTask): PairedRows[] {
  const [withRow, withoutRow] = [answeredRow(task.with), answeredRow(task.without)];
  if (withRow === null || withoutRow === null) return [];
  return [
    {
      id: task.id,
      with: judgedAsRun(withRow),
      without: judgedAsRun(withoutRow),
      sameEvidence: judgedAgainst(withoutRow, withRow.bundle),
      rows: { with: withRow, without: withoutRow },
    },
  ];
}

function measureArm(arm: Arm, tasks: readonly AbTask[], answered: readonly PairedRows[]): ReplayArm {
  const rows = answered.map((pair) => pair.rows[arm]);
  return {
    ...measureJudged(answered.map((pair) => pair[arm])),
    answered: tasks.filter((task) => answeredRow(task[arm]) !== null).length,
    escalated: rows.filter(({ escalated }) => escalated).length,
    ...countImpaired(rows),
    cost_usd: sumUsd(tasks.map((task) => costOf(task[arm]))),
    median_latency_ms: percentile(
      rows.map(({ durations_ms }) => durations_ms.total),
      50,
    ),
  };
}

function countState(tasks: readonly AbTask[], state: ArmOutcome['state']): Record<Arm, number> {
  const count = (arm: Arm): number => tasks.filter((task) => task[arm].state === state).length;
  return { with: count('with'), without: count('without') };
}

function listPair(task: AbTask, again: AnsweredTask['sameEvidence'] | null): ReplayPair {
  return {
    id: task.id,
    task: task.with.row?.task ?? task.without.row?.task ?? null,
    with: listSide(task.with),
    without: listSide(task.without),
    same_evidence: again === null ? null : { gate: again.gate, grounding: [...again.grounding] },
  };
}

function listSide(outcome: ArmOutcome): ReplaySide {
  const { state, reasons, row } = outcome;
  const answer = answeredRow(outcome);
  return {
    state,
    reasons: [...reasons],
    answer: answer?.answer ?? null,
    gate: answer?.gate ?? null,
    grounding: answer === null ? [] : [...judgedAsRun(answer).grounding],
    model: answer?.model ?? null,
    escalated: answer?.escalated ?? false,
    replay_id: row?.run_id ?? null,
    retrieved: row?.retrieved.map(({ id }) => id) ?? [],
    latency_ms: answer?.durations_ms.total ?? null,
  };
}
