import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LedgerCheck } from '../../domain/shared/check-ledger.ts';
import { REPLAY_LOG } from '../replay-segments.ts';
import { openLedger } from './ledger.ts';

/** The hash-chained ledgers of a workspace, in the order of their names. */
export function ledgerChains(workspace: string): { path: string; check(): Promise<LedgerCheck> }[] {
  return namesIn(join(workspace, 'ledger'))
    .filter((name) => `ledger/${name}` !== REPLAY_LOG)
    .map((name) => ({ path: `ledger/${name}`, check: () => openLedger(join(workspace, 'ledger', name)).check() }));
}

/** A ledger of which only the head is left has lost its rows, and is one all the same. */
function namesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).map((name) => name.replace(/\.head\.json$/, '.jsonl'));
  return [...new Set(names)].filter((name) => name.endsWith('.jsonl') && !name.startsWith('.')).sort();
}
