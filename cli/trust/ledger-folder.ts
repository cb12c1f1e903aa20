import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { existingWorkspace } from '../existing-workspace.ts';
import type { Io } from '../io.ts';
import { workspaceFolder, type PlaceOptions } from '../places.ts';

/** The workspace whose trust ledger is meant. UsageError for a folder that is none and has no such ledger: an empty one would look sound. */
export function ledgerFolder(io: Io, options: PlaceOptions): string {
  const root = workspaceFolder(io, options);
  const hasLedger = ['trust.jsonl', 'trust.head.json'].some((name) => existsSync(join(root, 'ledger', name)));
  return hasLedger ? root : existingWorkspace(io, options).root;
}
