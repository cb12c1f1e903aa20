import type { StoredEvidence } from '../domain/receipts/index.ts';
import { UsageError } from '../domain/shared/errors.ts';
import type { Locator } from '../schemas/evidence.ts';
import { quarantineRowSchema, type QuarantineRow } from '../schemas/export-rows.ts';
import type { TraceReverse } from '../schemas/trace.ts';
import type { Category } from '../schemas/vocabulary.ts';
import { lookIntoExports, objectIn, type ExportLook } from './trace-rows.ts';
import type { ReversedRun } from './trace-world.ts';

/** A place in a source: a 0-based line or a JSON pointer, of an archive's member where it is one. */
export interface SourcePlace {
  readonly asked: string;
  readonly sourceFile: string;
  readonly line: number | null;
  readonly pointer: string | null;
  readonly member: string | null;
}

interface Refused {
  readonly row: QuarantineRow;
  readonly file: string;
  readonly line: number;
}

/** What stands at a place: rows of evidence, what never became any, and how the place was matched. */
interface Standing {
  readonly evidence: readonly StoredEvidence[];
  readonly refused: readonly Refused[];
  readonly matched: string;
}

/** Records that begin at one line, at most; a file of one line may hold any number. */
const MOST_AT_A_LINE = 1_000;

/** Everything that came of a place in a source: its records with their scores and rows, and what was refused there, with the reason. */
export async function traceBack(run: ReversedRun, place: SourcePlace): Promise<TraceReverse> {
  const standing = await whatStandsAt(run, place);
  if (standing.evidence.length === 0 && standing.refused.length === 0) throw nothingThere(place, standing.matched);
  const look = await lookIntoExports(
    run,
    standing.evidence.map(({ id }) => id),
  );
  const { asked, sourceFile, line, pointer, member } = place;
  const records: TraceReverse['records'] = [];
  for (const row of standing.evidence) records.push(await describe(run, row, look));
  return {
    schema: 'trace-reverse/1',
    asked,
    run_id: run.runId,
    source_file: sourceFile,
    line: line === null ? null : line + 1,
    line_offset: line,
    pointer,
    member,
    records,
    refused: standing.refused.map(({ row, file, line: at }) => ({
      evidence_id: row.evidence_id,
      locator: row.provenance.locator as Locator,
      line_offset: row.provenance.line_offset,
      set: row.set,
      reason: row.reason,
      detail: row.detail,
      file,
      line: at,
    })),
    matched: standing.matched,
  };
}

async function whatStandsAt(run: ReversedRun, place: SourcePlace): Promise<Standing> {
  const { sourceFile, line, pointer, member } = place;
  const isOfMember = (locator: Locator): boolean => member === null || locator.member === member;
  const refused = (await refusedIn(run, sourceFile)).filter(({ row }) => isOfMember(row.provenance.locator as Locator));
  const own = (rows: readonly StoredEvidence[]): StoredEvidence[] => rows.filter((row) => isOfMember(JSON.parse(row.locator) as Locator));
  if (pointer !== null) {
    const isNear = ({ row }: Refused): boolean => areOnOnePath(String(row.provenance.locator.pointer ?? ''), pointer);
    return {
      evidence: own(await run.evidenceAt(sourceFile, pointer)),
      refused: refused.filter(isNear),
      matched: `records at ${pointer}, below it, or that hold it`,
    };
  }
  if (line === null) {
    const rows = own(await run.evidenceUpTo(sourceFile, Number.MAX_SAFE_INTEGER, MOST_AT_A_LINE));
    return { evidence: rows.reverse(), refused, matched: member === null ? 'all records of the file' : `all records of ${member}` };
  }
  const before = own(await run.evidenceUpTo(sourceFile, line, MOST_AT_A_LINE));
  const at = (wanted: number) => ({
    evidence: before.filter((row) => row.line_offset === wanted),
    refused: refused.filter(({ row }) => row.provenance.line_offset === wanted),
  });
  switch (run.layoutOf(sourceFile)) {
    case 'lines':
      return { ...at(line), matched: `the record on line ${line + 1}` };
    case 'session':
      return { ...at(line), ...(await branchesOver(run, sourceFile, line, at(line).evidence)) };
    default: {
      const nearest = Math.max(-1, ...[...before.map((row) => row.line_offset), ...offsetsUpTo(refused, line)]);
      const matched =
        nearest === line
          ? `the records that begin on line ${line + 1}`
          : `the records that begin on line ${nearest + 1}, the last ones to begin before line ${line + 1}`;
      return { ...at(nearest), matched };
    }
  }
}

/** A line of a session belongs to every branch that it is part of, wherever these begin. */
async function branchesOver(
  run: ReversedRun,
  sourceFile: string,
  line: number,
  beginning: readonly StoredEvidence[],
): Promise<Pick<Standing, 'evidence' | 'matched'>> {
  const ids = await run.branchesOver(sourceFile, line);
  if (ids === undefined)
    return {
      evidence: beginning,
      matched: `the branches that begin on line ${line + 1}; the session cannot be read, so others may hold it`,
    };
  const evidence: StoredEvidence[] = [];
  for (const id of ids) {
    const found = await run.evidence(id);
    if (found !== undefined) evidence.push(found.row);
  }
  return {
    evidence,
    matched: `the branches of the session that hold line ${line + 1}`,
  };
}

async function refusedIn(run: ReversedRun, sourceFile: string): Promise<Refused[]> {
  const refused: Refused[] = [];
  const needle = `"source_file":${JSON.stringify(sourceFile)}`;
  for (const { set, path } of run.exportedFiles()) {
    if (set !== 'quarantine') continue;
    for (const { line, text } of (await run.findLines(path, [needle]))?.found ?? []) {
      const row = quarantineRowSchema.safeParse(objectIn(text)).data;
      if (row?.set === 'materialize' && row.provenance.source_file === sourceFile) refused.push({ row, file: path, line });
    }
  }
  return refused;
}

async function describe(run: ReversedRun, row: StoredEvidence, look: ExportLook): Promise<TraceReverse['records'][number]> {
  const scored = await run.scored(row.id);
  return {
    evidence_id: row.id,
    locator: JSON.parse(row.locator) as Locator,
    line_offset: row.line_offset,
    task_key: row.task_key,
    category: (scored?.row.category as Category | undefined) ?? null,
    rule: scored?.row.rule ?? null,
    exports: look.rows
      .filter(({ evidenceId }) => evidenceId === row.id)
      .map(({ evidenceId: _evidenceId, content: _content, ...exported }) => exported),
    left_out: look.leftOut
      .filter(({ evidenceId, set }) => evidenceId === row.id && set !== 'materialize')
      .map(({ evidenceId: _evidenceId, ...reason }) => reason),
  };
}

function offsetsUpTo(refused: readonly Refused[], line: number): number[] {
  return refused.map(({ row }) => row.provenance.line_offset).filter((offset) => offset <= line);
}

function areOnOnePath(left: string, right: string): boolean {
  return left === right || left.startsWith(`${right}/`) || right.startsWith(`${left}/`);
}

function nothingThere({ asked, sourceFile }: SourcePlace, matched: string): UsageError {
  return new UsageError(
    `tracing ${asked}: expected a place of ${sourceFile} on which a record stands, found none (looked for ${matched}).`,
    'Lines count from 1, as in an editor. A blank line, a title before the first record and a line behind the last one hold no record.',
  );
}
