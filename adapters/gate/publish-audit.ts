import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LauterError, UsageError } from '../../domain/shared/errors.ts';
import { isoWeek } from '../../domain/shared/iso-week.ts';
import { publishAuditSchema, type PublishAudit } from '../../schemas/publish-report.ts';
import { appendLine } from '../append-line.ts';

const FILE_NAME = /^publish-\d{4}-W\d{2}\.jsonl$/;

/** Appends a call of publish to the file of its week and flushes it. UsageError where nothing can be written. */
export function appendPublishAudit(folder: string, row: PublishAudit): void {
  const path = join(folder, `publish-${isoWeek(row.ts)}.jsonl`);
  try {
    appendLine(path, JSON.stringify(row));
  } catch (error) {
    if (error instanceof LauterError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `recording what was published, on ${path}: expected a place that can be written to, found ${code ?? message}.`,
      'Name another folder with LAUTER_AUDIT_DIR.',
      { file: path },
      error,
    );
  }
}

/** Every call of publish that was recorded, oldest first, and how many lines are damaged. */
export function readPublishAudits(folder: string): { readonly rows: readonly PublishAudit[]; readonly damaged: number } {
  if (!existsSync(folder)) return { rows: [], damaged: 0 };
  const names = readdirSync(folder).filter((name) => FILE_NAME.test(name));
  const lines = names.flatMap((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== ''),
  );
  const rows = lines.flatMap((line) => readRow(line) ?? []);
  const inOrder = rows.toSorted((left, right) => (left.ts < right.ts ? -1 : left.ts > right.ts ? 1 : 0));
  return { rows: inOrder, damaged: lines.length - rows.length };
}

function readRow(line: string): PublishAudit | undefined {
  try {
    return publishAuditSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
