import { isObject, type JsonObject } from '../domain/shared/json.ts';
import { parseStrictJson } from '../domain/shared/strict-json.ts';
import { quarantineRowSchema } from '../schemas/export-rows.ts';
import type { ExportedRow, LeftOut } from '../schemas/trace.ts';
import { SPLITS, type ExportSet } from '../schemas/vocabulary.ts';
import type { ExportedFile, TracedRun } from './trace-world.ts';

/** A row of an exported file, where it stands, and the whole of it. */
export interface FoundRow extends ExportedRow {
  /** The record that it is about: its own, or the side of the pair. */
  readonly evidenceId: string;
  readonly content: JsonObject;
}

/** What the exported files of a run hold of some records. */
export interface ExportLook {
  readonly rows: readonly FoundRow[];
  readonly leftOut: readonly (LeftOut & { readonly evidenceId: string })[];
  /** Every file that was read, with its sha256 now; null for one that is gone. */
  readonly files: readonly (ExportedFile & { readonly now: string | null })[];
}

/** Reads every exported file of a run once and keeps what is about these records. */
export async function lookIntoExports(run: TracedRun, evidenceIds: readonly string[]): Promise<ExportLook> {
  const rows: FoundRow[] = [];
  const leftOut: (LeftOut & { evidenceId: string })[] = [];
  const files: (ExportedFile & { now: string | null })[] = [];
  for (const file of run.exportedFiles()) {
    const lines = await run.findLines(file.path, evidenceIds);
    files.push({ ...file, now: lines?.sha256 ?? null });
    for (const { line, text } of lines?.found ?? []) {
      const content = objectIn(text);
      if (content === undefined) continue;
      if (file.set === 'quarantine') leftOut.push(...leftOutOf(content, evidenceIds, { file: file.path, line }));
      else rows.push(...rowsOf(content, file.set, evidenceIds, { file: file.path, line }));
    }
  }
  return { rows, leftOut, files };
}

type Place = Pick<ExportedRow, 'file' | 'line'>;

function rowsOf(content: JsonObject, set: ExportSet, evidenceIds: readonly string[], place: Place): FoundRow[] {
  const { id, chosen_id, rejected_id } = content;
  const sides =
    set === 'preference'
      ? ([
          ['chosen', chosen_id],
          ['rejected', rejected_id],
        ] as const)
      : ([['record', id]] as const);
  const split = SPLITS.find((known) => known === content.split) ?? null;
  return sides.flatMap(([role, evidenceId]) =>
    typeof id === 'string' && typeof evidenceId === 'string' && evidenceIds.includes(evidenceId)
      ? [{ set, id, role, ...place, split, evidenceId, content }]
      : [],
  );
}

function leftOutOf(content: JsonObject, evidenceIds: readonly string[], place: Place): (LeftOut & { evidenceId: string })[] {
  const row = quarantineRowSchema.safeParse(content).data;
  if (row?.evidence_id === undefined || row.evidence_id === null || !evidenceIds.includes(row.evidence_id)) return [];
  return [{ evidenceId: row.evidence_id, set: row.set, reason: row.reason, detail: row.detail, ...place }];
}

/** A line that somebody changed need not be a row; then it is about nothing. */
export function objectIn(text: string): JsonObject | undefined {
  try {
    const value = parseStrictJson(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
