import { statSync } from 'node:fs';
import { SourceError } from '../../domain/shared/errors.ts';
import { signedRecords, type SourceReading } from './signed-records.ts';

/** Evidence ids of the branches of a session that a 0-based line is part of, as the file is now; undefined when it cannot be read. */
export async function branchesHolding(reading: SourceReading, line: number): Promise<string[] | undefined> {
  const size = statSync(reading.part.path, { throwIfNoEntry: false })?.size;
  if (size === undefined) return undefined;
  const ids: string[] = [];
  try {
    for await (const record of signedRecords({ ...reading, part: { ...reading.part, end: size } })) {
      if (record.lines?.includes(line) === true) ids.push(record.evidenceId);
    }
  } catch (error) {
    if (error instanceof SourceError || 'syscall' in (error as object)) return undefined;
    throw error;
  }
  return ids;
}
