import { readPreferences, readScores, receiptSlot, settleSwap, type JudgeCall, type SlotResult } from '../../domain/panel/index.ts';
import type { PanelReceipt } from '../../schemas/panel-receipt.ts';
import type { PaidCall, UnansweredCall } from '../ask-paid.ts';
import type { PanelSetup } from '../panel-contract.ts';
import type { PanelItem } from './item.ts';
import { keyOf, questionOf } from './judge-question.ts';
import { answeredName, failedName } from './kept-names.ts';
import type { PanelWorld } from './world.ts';

/** What came of a call; null where it was never made. */
type MadeCall = PaidCall | UnansweredCall | null;

/** What all judges said of one item in one cycle. */
export interface CycleReplies {
  readonly slots: readonly SlotResult[];
  /** The same as a receipt tells it. */
  readonly receiptSlots: PanelReceipt['slots'];
  /** Replies as they came, by slot. */
  readonly texts: ReadonlyMap<string, string>;
  readonly calls: readonly (PaidCall | UnansweredCall)[];
  /** Injections found in what was judged. */
  readonly matched: readonly string[];
}

/** Reads what the judges of a cycle said; null where a call was never made: what half of a panel says is no verdict. */
export function readReplies(
  world: Pick<PanelWorld, 'files' | 'sha256'>,
  setup: PanelSetup,
  item: PanelItem,
  { item: at, cycle, isSwapped }: Pick<JudgeCall, 'item' | 'cycle'> & { readonly isSwapped: boolean },
): CycleReplies | null {
  const made = (judge: string, position: JudgeCall['position']): MadeCall =>
    readCall(world, setup, item, { item: at, cycle, judge, position });
  const judged = setup.judges.map((judge) => {
    const positions = isSwapped ? [made(judge.id, 'output_first'), made(judge.id, 'reference_first')] : [];
    return { judge, scored: made(judge.id, 'scores'), positions };
  });
  const calls = judged.flatMap(({ scored, positions }) => [scored, ...positions]);
  if (calls.includes(null)) return null;
  const read = judged.map(({ judge, scored, positions }) => {
    const slot = slotOf(setup, judge, scored!);
    const preferences = preferencesOf(setup, positions);
    const text = scored!.state === 'answered' ? scored!.text : null;
    return { slot, text, snapshot: scored!.state === 'answered' ? scored!.snapshot : null, preferences };
  });
  return {
    slots: read.map(({ slot }) => slot),
    receiptSlots: read.map(({ slot, text, snapshot, preferences }) => ({
      ...receiptSlot(slot),
      raw_sha256: text === null ? null : world.sha256(text),
      raw_path: null,
      snapshot,
      ...(preferences === null ? {} : { preferences }),
    })),
    texts: new Map(read.flatMap(({ slot, text }) => (text === null ? [] : [[slot.id, text] as const]))),
    calls: calls.filter((call) => call !== null),
    matched: questionOf(setup, item, { position: 'scores' }).matched,
  };
}

function readCall({ files, sha256 }: Pick<PanelWorld, 'files' | 'sha256'>, setup: PanelSetup, item: PanelItem, call: JudgeCall): MadeCall {
  const key = keyOf(sha256, setup, call, questionOf(setup, item, call).messages);
  const name = [answeredName(key), failedName(key)].find((each) => files.has(setup.run_id, each));
  return name === undefined ? null : files.read<PaidCall | UnansweredCall>(setup.run_id, name);
}

function slotOf({ dimensions }: PanelSetup, { id, model }: PanelSetup['judges'][number], call: PaidCall | UnansweredCall): SlotResult {
  if (call.state === 'failed') return { id, model, ok: false, error: `${call.kind}: ${call.detail}` };
  const read = readScores(call.text, dimensions);
  return { id, model, ...read };
}

/** Null where the judge was not asked, or one of its two answers says nothing. */
function preferencesOf({ dimensions }: PanelSetup, positions: readonly MadeCall[]): ReturnType<typeof settleSwap> | null {
  const [outputFirst, referenceFirst] = positions.map((call) =>
    call?.state === 'answered' ? readPreferences(call.text, dimensions) : null,
  );
  return outputFirst?.ok === true && referenceFirst?.ok === true ? settleSwap(outputFirst.preferences, referenceFirst.preferences) : null;
}
