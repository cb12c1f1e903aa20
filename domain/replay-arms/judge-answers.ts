import type { JudgedArm } from '../../schemas/replay-ab.ts';
import type { Grounding, ReplayBundle, ReplayGate, ReplayRun } from '../../schemas/replay-run.ts';
import { judgeAnswer } from '../replay/index.ts';
import { shareOfTasks } from './shares.ts';

/** What gate and grounding say of an answer. */
export interface JudgedAnswer {
  readonly gate: ReplayGate;
  readonly grounding: readonly Grounding[];
}

/** What a run's own gate said. What its answer names is looked for also where the gate was told not to look. */
export function judgedAsRun(row: ReplayRun): JudgedAnswer {
  return row.grounding_mode === 'off' ? { gate: row.gate, grounding: judgedAgainst(row, row.bundle).grounding } : row;
}

/**
 * What the gate says of a run's answer, as its log has it, against another bundle than it was given. Words of the steps of that bundle are asked for,
 * too, so `off_steps` may be new.
 */
export function judgedAgainst({ answer, task, grounding_mode: mode }: ReplayRun, bundle: ReplayBundle): JudgedAnswer {
  return judgeAnswer({ answer, task, bundle, grounding: mode === 'off' ? 'warn' : mode });
}

/** True when an answer names nothing that is ungrounded, and names something or passed: an empty answer or a refusal is not grounded by saying nothing. */
export function isWhollyGrounded({ gate, grounding }: JudgedAnswer): boolean {
  return grounding.every(({ grounded }) => grounded) && (grounding.length > 0 || gate.passed);
}

/** Share of what an answer names that is grounded; null for one that names nothing. */
export function groundingRate({ grounding }: JudgedAnswer): number | null {
  return grounding.length === 0 ? null : countGrounded(grounding) / grounding.length;
}

/** What gate and grounding say of all answers of an arm, one for each task. */
export function measureJudged(answers: readonly JudgedAnswer[]): JudgedArm {
  const named = answers.flatMap(({ grounding }) => grounding);
  const grounded = countGrounded(named);
  return {
    gate_pass: shareOfTasks(answers.map(({ gate }) => gate.passed)),
    wholly_grounded: shareOfTasks(answers.map(isWhollyGrounded)),
    names: { grounded, total: named.length, rate: named.length === 0 ? null : grounded / named.length },
    names_nothing: answers.filter(({ grounding }) => grounding.length === 0).length,
    reasons: countReasons(answers),
  };
}

function countGrounded(named: readonly Grounding[]): number {
  return named.filter(({ grounded }) => grounded).length;
}

function countReasons(answers: readonly JudgedAnswer[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { gate } of answers) for (const reason of gate.reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return Object.fromEntries(counts);
}
