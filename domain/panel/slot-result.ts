import type { PanelReceipt } from '../../schemas/panel-receipt.ts';

/** Scores of one judge by dimension, each from 1 to 10. */
export type Scores = Readonly<Record<string, number>>;

/** What a judge's reply says. */
export interface JudgeReply {
  readonly scores: Scores;
  /** Why, by dimension, where the judge says it. */
  readonly feedback: Readonly<Record<string, string>>;
  /** What would make the output better, as the judge puts it. */
  readonly improvements: readonly string[];
}

/** A judge by its slot that scored, or that did not and why. */
export type SlotResult =
  | ({ readonly id: string; readonly model: string; readonly ok: true } & JudgeReply)
  | { readonly id: string; readonly model: string; readonly ok: false; readonly error: string };

/** A judge that scored. */
export type ScoredSlot = Extract<SlotResult, { ok: true }>;

/** Those of one row that scored, in the order of the slots. */
export function scoredSlots(slots: readonly SlotResult[]): ScoredSlot[] {
  return slots.filter((slot) => slot.ok);
}

/** A judge as its receipt has it. */
export function receiptSlot(slot: SlotResult): PanelReceipt['slots'][number] {
  const { id, model } = slot;
  if (!slot.ok) return { id, model, ok: false, error: slot.error };
  const scores = Object.entries(slot.scores).map(([name, score]): [string, { score: number; feedback?: string }] => {
    const feedback = slot.feedback[name];
    return [name, feedback === undefined ? { score } : { score, feedback }];
  });
  return { id, model, ok: true, parsed: { scores: Object.fromEntries(scores), improvements: [...slot.improvements] } };
}
