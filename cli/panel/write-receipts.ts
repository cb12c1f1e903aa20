import { basename, join } from 'node:path';
import { panelReceipt } from '../../activities/panel/panel-receipt.ts';
import type { EndedRun } from '../../activities/panel/plan.ts';
import type { PanelWorld } from '../../activities/panel/world.ts';
import type { PanelSetup } from '../../activities/panel-contract.ts';
import { writeFileAtomically, writeJsonAtomically } from '../../adapters/atomic-write.ts';
import { receiptName } from '../../domain/panel/index.ts';
import type { PanelReceipt } from '../../schemas/panel-receipt.ts';
import type { JudgedOutput } from './judge-output.ts';

/** Writes a receipt for each cycle, with the replies as they came beside it, and ends the run. */
export function writeReceipts(
  world: PanelWorld,
  setup: PanelSetup,
  { item, isSwapped, cycles, calibration, isComplete }: JudgedOutput,
  { folder, slug }: { readonly folder: string; readonly slug: string },
): [PanelReceipt, ...PanelReceipt[]] {
  const { sha256 } = world;
  const timestamp = world.clock.now();
  const receipts = cycles.map((replies, index) => {
    const cycle = index + 1;
    const path = join(folder, receiptName({ slug, outputSha8: sha256(item.output).slice(0, 8), cycle }));
    const receipt = panelReceipt(replies, {
      ...{ setup, item, cycle, slug, timestamp, isSwapped, calibration, sha256 },
      receipt_path: path,
    });
    const slots = receipt.slots.map((slot) => {
      const text = replies.texts.get(slot.id);
      if (text === undefined) return slot;
      const raw = path.replace(/json$/, `${slot.id}.reply.txt`);
      writeFileAtomically(raw, text);
      return { ...slot, raw_path: basename(raw) };
    });
    const whole = { ...receipt, slots };
    writeJsonAtomically(path, whole);
    return whole;
  });
  world.files.write(setup.run_id, 'ended', { is_complete: isComplete } satisfies EndedRun);
  return receipts as [PanelReceipt, ...PanelReceipt[]];
}
