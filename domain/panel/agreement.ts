import type { PanelAgreement } from '../../schemas/panel-receipt.ts';
import { cohenKappa } from '../stats/cohen-kappa.ts';
import { krippendorffAlpha } from '../stats/krippendorff-alpha.ts';
import { mean } from '../stats/variance.ts';
import { passesAlone } from './aggregate.ts';
import { scoredSlots, type ScoredSlot, type SlotResult } from './slot-result.ts';

/** How far judges agree over rows, each with the slots that were asked. Judges are told apart by their slot. */
export function agreementOf(rows: readonly (readonly SlotResult[])[]): PanelAgreement {
  const scored = rows.map(scoredSlots).filter((slots) => slots.length > 1);
  const judges = [...new Set(rows.flatMap((slots) => slots.map(({ id }) => id)))].toSorted();
  const verdicts = scored.map((slots) => new Map(slots.map(({ id, scores }) => [id, passesAlone(Object.values(scores))])));
  const pairs = pairsOf(judges).map((pair) => ({ judges: pair, both: verdictsOf(pair, verdicts) }));
  const compared = pairs.flatMap(({ both }) => both);
  const units = scored.flatMap(unitsOf);
  return {
    rows: scored.length,
    percent: compared.length === 0 ? null : (100 * compared.filter(([one, other]) => one === other).length) / compared.length,
    kappa: pairs.map(({ judges: pair, both }) => ({ judges: pair, rows: both.length, kappa: cohenKappa(both) })),
    alpha: krippendorffAlpha(units.map((unit) => [...unit.values()])),
    leniency: Object.fromEntries(judges.map((judge) => [judge, leniencyOf(judge, units)])),
  };
}

type Pair = [string, string];

function pairsOf(judges: readonly string[]): Pair[] {
  return judges.flatMap((judge, at) => judges.slice(at + 1).map((other): Pair => [judge, other]));
}

function verdictsOf([one, other]: Pair, verdicts: readonly ReadonlyMap<string, boolean>[]): [boolean, boolean][] {
  return verdicts.flatMap((row) => (row.has(one) && row.has(other) ? [[row.get(one)!, row.get(other)!] as [boolean, boolean]] : []));
}

/** What judges gave to one dimension of one row. */
type Unit = ReadonlyMap<string, number>;

function unitsOf(slots: readonly ScoredSlot[]): Unit[] {
  const dimensions = Object.keys(slots[0]?.scores ?? {});
  return dimensions.map((name) => new Map(slots.map(({ id, scores }) => [id, scores[name]!])));
}

/** Mean of a judge's score less the mean of the others' on the same unit; null without any. Above 0 is lenient. */
function leniencyOf(judge: string, units: readonly Unit[]): number | null {
  const differences = units.flatMap((unit) => {
    const own = unit.get(judge);
    const others = [...unit].filter(([id]) => id !== judge).map(([, score]) => score);
    return own === undefined || others.length === 0 ? [] : [own - mean(others)];
  });
  return differences.length === 0 ? null : mean(differences);
}
