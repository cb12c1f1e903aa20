import { adjustScores, agreementOf, aggregatePanel, panelPromptHash } from '../../domain/panel/index.ts';
import { sumUsd } from '../../domain/cost/index.ts';
import type { PanelCalibration } from '../../schemas/panel-calibration.ts';
import type { PanelReceipt } from '../../schemas/panel-receipt.ts';
import type { PaidCall, UnansweredCall } from '../ask-paid.ts';
import type { PanelSetup } from '../panel-contract.ts';
import type { PanelItem } from './item.ts';
import type { CycleReplies } from './read-replies.ts';

/** What a receipt holds that the replies do not tell. */
export interface ReceiptFrame {
  readonly setup: PanelSetup;
  readonly item: PanelItem;
  readonly cycle: number;
  readonly slug: string;
  readonly timestamp: string;
  readonly receipt_path: string;
  readonly isSwapped: boolean;
  /** Null where nobody calibrated the judges. */
  readonly calibration: PanelCalibration | null;
  sha256(text: string): string;
}

/** The receipt of one cycle. */
export function panelReceipt(
  { slots, receiptSlots, calls, matched }: CycleReplies,
  { setup, item, cycle, slug, timestamp, receipt_path, isSwapped, calibration, sha256 }: ReceiptFrame,
): PanelReceipt {
  const { dimensions } = setup;
  return {
    schema_version: 1,
    cycle,
    task: item.task,
    output_sha8: sha256(item.output).slice(0, 8),
    slug,
    timestamp,
    dimensions: [...dimensions],
    slots: receiptSlots,
    aggregate: aggregatePanel(slots, dimensions),
    receipt_path,
    blinded: setup.blind_names !== null,
    swapped: isSwapped,
    matched: [...matched],
    agreement: agreementOf([slots]),
    ...(calibration === null ? {} : { adjusted: aggregatePanel(adjustScores(slots, calibration), dimensions) }),
    usage: usageOf(calls),
    cost_usd: sumUsd(calls.map(({ cost_usd: usd }) => usd)),
    prompt_hash: panelPromptHash(dimensions, sha256),
  };
}

/** Tokens of all calls; null where a server that answered did not say. */
export function usageOf(calls: readonly (PaidCall | UnansweredCall)[]): NonNullable<PanelReceipt['usage']> {
  const sum = (field: 'prompt_tokens' | 'completion_tokens'): number | null =>
    calls.reduce<number | null>((total, call) => {
      if (call.state === 'failed') return total;
      const tokens = call.usage?.[field] ?? null;
      return total === null || tokens === null ? null : total + tokens;
    }, 0);
  return { input_tokens: sum('prompt_tokens'), output_tokens: sum('completion_tokens') };
}
