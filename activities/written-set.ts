import type { ExportSet, Split } from '../schemas/vocabulary.ts';
import type { DistillInput } from './contract.ts';
import type { Ports } from './ports.ts';

/** A written file, as receipts and checks know it. */
export interface WrittenFile {
  /** Relative to exports/<run>. */
  readonly name: string;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** What writing one set left. */
export interface WrittenSet {
  readonly files: readonly WrittenFile[];
  readonly rows: number;
  /** Over the rows in key order, without the places they were read from. */
  readonly content_digest: string;
  readonly splits: Readonly<Partial<Record<Split, number>>>;
  /** Rows of the quarantine files by set and reason. */
  readonly reasons: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export type WrittenSets = Readonly<Record<ExportSet | 'quarantine', WrittenSet>>;

/** File of each set below exports/<run>. */
export const SET_FILES = { rag: 'rag/playbooks', sft: 'sft/instruction_response', preference: 'preference/chosen_rejected' } as const;
export const QUARANTINE_SETS = ['materialize', 'rag', 'sft', 'preference'] as const;

export function readWritten(ports: Pick<Ports, 'runs'>, run: Pick<DistillInput, 'run_id'>): WrittenSets {
  const read = (set: ExportSet | 'quarantine'): WrittenSet => ports.runs.read<WrittenSet>(run.run_id, `written-${set}`);
  return { rag: read('rag'), sft: read('sft'), preference: read('preference'), quarantine: read('quarantine') };
}

/** Quarantined rows of some sets by reason. */
export function sumReasons(quarantine: WrittenSet, sets: readonly string[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const set of sets)
    for (const [reason, rows] of Object.entries(quarantine.reasons[set] ?? {})) sums[reason] = (sums[reason] ?? 0) + rows;
  return sums;
}
