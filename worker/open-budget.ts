import { randomUUID } from 'node:crypto';
import type { Budget, PlannedCall, RefusedCall, ReportedUsage, Reservation } from '../activities/budget-ports.ts';
import { now } from '../adapters/clock.ts';
import { openBudgetLedger } from '../adapters/files/budget-ledger.ts';
import { capBrokenBy, createBudgetBook } from '../domain/budget/index.ts';
import { capOf, isCount, isFree, nanoUsdOfCap, priceCall, priceOf, usdOf } from '../domain/cost/index.ts';
import type { BudgetRow } from '../schemas/budget-row.ts';
import type { CostSettings } from '../schemas/cost-settings.ts';
import { joinAppends } from './join-appends.ts';

/** Whose money it is, and how much of it there is. */
export interface BudgetPlace {
  /** Root folder of the workspace. */
  readonly root: string;
  /** A resumed run has the id that it had before: what it has spent stays spent. */
  readonly runId: string;
  /** As `lauter` is given it: `eval longmemeval`. */
  readonly command: string;
  /** Most that the run may spend; null for what `cost.per_command_usd` says of the command, without which there is no limit. */
  readonly capUsd: number | null;
  readonly settings: CostSettings;
}

/** Opens the budget of a run over the ledger that all processes of the workspace share. LakeCorruptError at any call once the chain is broken. */
export function openBudget({ root, runId, command, capUsd, settings }: BudgetPlace): Budget {
  const book = createBudgetBook();
  const ledger = openBudgetLedger(root, book.see);
  const append = joinAppends(ledger, book);
  const caps = { run: nanoOf(capUsd ?? capOf(settings, command, {})), day: nanoOf(settings.per_day_usd ?? null) };

  const mostOf = ({ model, mostInputTokens, mostOutputTokens }: PlannedCall): number =>
    priceCall(settings, { model, inputTokens: mostInputTokens, outputTokens: mostOutputTokens });

  async function reserve(call: PlannedCall): Promise<Reservation | RefusedCall> {
    const { lane, model } = call;
    if (isFree(priceOf(settings, model))) return FREE;
    const most = mostOf(call);
    const reservation = randomUUID();
    let refused: RefusedCall | undefined;
    await append((seen) => {
      const at = now();
      const broken = capBrokenBy(most, { book: seen, caps, runId, day: at.slice(0, 'YYYY-MM-DD'.length) });
      if (broken === undefined) {
        const of = { schema: 'budget-row/1', kind: 'reserve', reservation, at, run_id: runId } as const;
        return { ...of, command, lane, model, nano_usd: most, price_table: settings.version };
      }
      refused = { refused: broken.refused, capUsd: usdOf(broken.cap), spentUsd: usdOf(broken.spent), wantedUsd: usdOf(most) };
      return undefined;
    });
    return refused ?? reservationOf(reservation, call, most);
  }

  function reservationOf(reservation: string, call: PlannedCall, most: number): Reservation {
    let settled: Promise<number> | undefined;
    const settle = async (usage: ReportedUsage | 'no-call'): Promise<number> => {
      const { nanoUsd, ...tokens } = settlementOf(usage, call, most, settings);
      await append((seen) => {
        // A first attempt may have reached the file before it failed.
        const open = seen.open(reservation);
        if (open === undefined) return undefined;
        return { schema: 'budget-row/1', kind: 'settle', reservation, at: now(), run_id: open.runId, nano_usd: nanoUsd, ...tokens };
      });
      return usdOf(nanoUsd);
    };
    return {
      id: reservation,
      reservedUsd: usdOf(most),
      costUsd: (usage) => usdOf(settlementOf(usage, call, most, settings).nanoUsd),
      settle: (usage) =>
        (settled ??= settle(usage).catch((error: unknown) => {
          settled = undefined;
          throw error;
        })),
    };
  }

  return {
    runId,
    reserve,
    resume: (id, call) => (id === null || isFree(priceOf(settings, call.model)) ? FREE : reservationOf(id, call, mostOf(call))),
    spentUsd: async () => {
      await ledger.refresh();
      return usdOf(book.ofRun(runId));
    },
  };
}

const FREE: Reservation = { id: null, reservedUsd: 0, costUsd: () => 0, settle: () => Promise.resolve(0) };

function nanoOf(capUsd: number | null): number | null {
  return capUsd === null ? null : nanoUsdOfCap(capUsd);
}

/** What is not reported, or is no number of tokens, counts with the most that was planned. */
function settlementOf(usage: ReportedUsage | 'no-call', call: PlannedCall, most: number, settings: CostSettings): Settlement {
  if (usage === 'no-call') return { nanoUsd: 0, input_tokens: 0, output_tokens: 0 };
  const input = isCount(usage.inputTokens) ? usage.inputTokens : null;
  const output = isCount(usage.outputTokens) ? usage.outputTokens : null;
  if (input === null && output === null) return { nanoUsd: most, input_tokens: null, output_tokens: null };
  const counted = { model: call.model, inputTokens: input ?? call.mostInputTokens, outputTokens: output ?? call.mostOutputTokens };
  return { nanoUsd: priceCall(settings, counted), input_tokens: input, output_tokens: output };
}

type Settlement = { readonly nanoUsd: number } & Pick<Extract<BudgetRow, { kind: 'settle' }>, 'input_tokens' | 'output_tokens'>;
