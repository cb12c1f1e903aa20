import type { PanelBatch } from '../../schemas/panel-batch.ts';
import type { PanelCalibration } from '../../schemas/panel-calibration.ts';
import type { PanelAggregate, PanelAgreement, PanelReceipt } from '../../schemas/panel-receipt.ts';
import { formatAmount } from '../shared/format.ts';

/** One judge over all that it was asked. */
export interface JudgeView {
  readonly id: string;
  readonly model: string;
  readonly answered: number;
  readonly failed: number;
  readonly leniency: number | null;
  readonly calibration: PanelCalibration['judges'][number] | null;
}

/** A receipt or a batch as its page shows it. */
export interface PanelView {
  readonly subject: string;
  readonly batch: PanelBatch | null;
  readonly receipt: PanelReceipt | null;
  readonly receipts: readonly PanelReceipt[];
  readonly aggregates: readonly PanelAggregate[];
  readonly dimensions: readonly string[];
  readonly judges: readonly JudgeView[];
  readonly agreement: PanelAgreement | null;
}

/** Brings both documents into one form. */
export function viewPanel(panel: PanelReceipt | PanelBatch): PanelView {
  const batch = isBatch(panel) ? panel : null;
  const receipt = isBatch(panel) ? null : panel;
  const receipts = receipt === null ? (batch?.per_question ?? []).flatMap((question) => question.receipts ?? []) : [receipt];
  const slots = batch?.slots ?? receipt?.slots ?? [];
  const agreement = panel.agreement ?? null;
  return {
    subject: receipt?.slug ?? formatAmount(batch?.total ?? 0, 'answer'),
    batch,
    receipt,
    receipts,
    aggregates:
      receipt === null ? (batch?.per_question ?? []).flatMap(({ final_aggregate }) => final_aggregate ?? []) : [receipt.aggregate],
    dimensions: panel.dimensions ?? [...new Set(receipts.flatMap(({ dimensions }) => dimensions))],
    judges: slots.map(({ id, model }) => {
      const own = receipts.flatMap((each) => each.slots.filter((slot) => slot.id === id));
      return {
        id,
        model,
        answered: own.filter(({ ok }) => ok).length,
        failed: own.filter(({ ok }) => !ok).length,
        leniency: new Map(Object.entries(agreement?.leniency ?? {})).get(id) ?? null,
        calibration: batch?.calibration?.judges.find((judge) => judge.id === id) ?? null,
      };
    }),
    agreement,
  };
}

/** The mean of what one judge gave in one dimension; null where it gave nothing. */
export function meanScore({ receipts }: PanelView, judge: string, dimension: string): number | null {
  const scores = receipts.flatMap(({ slots }) =>
    slots.flatMap(({ id, parsed }) => (id === judge ? (new Map(Object.entries(parsed?.scores ?? {})).get(dimension)?.score ?? []) : [])),
  );
  return scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function isBatch(panel: PanelReceipt | PanelBatch): panel is PanelBatch {
  return 'per_question' in panel;
}
