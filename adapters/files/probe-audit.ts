import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LauterError, UsageError } from '../../domain/shared/errors.ts';
import { isoWeek } from '../../domain/shared/iso-week.ts';
import { probeEventSchema, type ProbeEvent } from '../../schemas/probe-event.ts';
import { appendLine } from '../append-line.ts';
import { waitForLock } from '../lock-file.ts';

/** What was read of the audit files. */
export interface ProbeRows {
  /** Oldest first; those of one time as they were written. */
  readonly events: readonly ProbeEvent[];
  /** Lines that are no event, which were left out. */
  readonly corrupt: number;
}

/** The audit files `quality-probe-YYYY-Www.jsonl` of a folder. UsageError where they cannot be read or written. */
export interface ProbeAudit {
  /** Appends a row, durably, to the file of its week; false when there is a row of that `run_uid` already. */
  append(event: ProbeEvent): Promise<boolean>;
  /** The rows of the ISO week of an instant and of the one before. */
  read(nowMs: number): ProbeRows;
  /** The rows of all weeks. */
  readAll(): ProbeRows;
}

/** Opens the audit of a folder that need not be there yet. */
export function openProbeAudit(folder: string): ProbeAudit {
  return {
    append: (event) => orUsageError('writing', folder, () => appendOnce(folder, event)),
    read: (nowMs) => readRows(folder, weeksAt(nowMs)),
    readAll: () => readRows(folder, weeksIn(folder)),
  };
}

const WEEK_MS = 7 * 86_400_000;
const LOCK_WAIT_MS = 60_000;
const FILE_NAME = /^quality-probe-(\d{4}-W\d{2})\.jsonl$/;

function fileOf(folder: string, week: string): string {
  return join(folder, `quality-probe-${week}.jsonl`);
}

function weeksAt(nowMs: number): string[] {
  return [nowMs - WEEK_MS, nowMs].map((ms) => isoWeek(new Date(ms).toISOString()));
}

function weeksIn(folder: string): string[] {
  const names = orNothing(folder, () => readdirSync(folder)) ?? [];
  return names.flatMap((name) => FILE_NAME.exec(name)?.[1] ?? []).toSorted();
}

/** A retry may end in another week than the try that wrote, so every file is looked at. */
async function appendOnce(folder: string, event: ProbeEvent): Promise<boolean> {
  mkdirSync(folder, { recursive: true });
  const lock = await waitForLock(join(folder, 'quality-probe.lock'), { version: '', giveUpAfterMs: LOCK_WAIT_MS });
  try {
    const { events } = readRows(folder, weeksIn(folder));
    if (event.run_uid !== undefined && events.some(({ run_uid }) => run_uid === event.run_uid)) return false;
    appendLine(fileOf(folder, isoWeek(event.ts)), JSON.stringify(event));
    return true;
  } finally {
    lock.release();
  }
}

function readRows(folder: string, weeks: readonly string[]): ProbeRows {
  const texts = weeks.map((week) => orNothing(folder, () => readFileSync(fileOf(folder, week), 'utf8')) ?? '');
  const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line.trim() !== '');
  const events = lines.flatMap((line) => readRow(line) ?? []);
  return { events: events.toSorted((left, right) => Date.parse(left.ts) - Date.parse(right.ts)), corrupt: lines.length - events.length };
}

function readRow(line: string): ProbeEvent | undefined {
  try {
    return probeEventSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function orNothing<Found>(folder: string, read: () => Found): Found | undefined {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw auditError('reading', folder, error);
  }
}

async function orUsageError<Done>(verb: string, folder: string, work: () => Promise<Done>): Promise<Done> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof LauterError ? error : auditError(verb, folder, error);
  }
}

function auditError(verb: string, folder: string, error: unknown): UsageError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new UsageError(
    `${verb} what came of probes, on ${folder}: expected a folder that can be read and written, found ${code ?? message}.`,
    'Name another folder with LAUTER_AUDIT_DIR.',
    { folder },
    error,
  );
}
