import { readFileSync, statSync } from 'node:fs';
import { now } from '../../adapters/clock.ts';
import { openVerdicts } from '../../adapters/files/verdicts.ts';
import { openWorkspace } from '../../adapters/files/workspace.ts';
import { matchIds } from '../../adapters/lake/match-ids.ts';
import { createRedactor } from '../../domain/redaction/index.ts';
import { readDecisions, resolveDecisions, verdictsInForce, type DecisionFault, type ResolvedDecision } from '../../domain/review/index.ts';
import type { ScoreOptions } from '../../domain/score/index.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import type { ReviewDecision } from '../../schemas/review-decision.ts';
import { MAX_NAME_CHARS, MAX_NOTE_CHARS, type Verdict } from '../../schemas/verdict.ts';
import { VERSION } from '../version.ts';
import { outlook } from './outlook.ts';

/** A file of verdicts: the path for reading, and the name that the user gave it. */
export interface DecisionFile {
  readonly path: string;
  readonly name: string;
}

/** Takes all verdicts of a file into the ledger, or none of them: UsageError with every line that cannot be taken. */
export async function decide(root: string, file: DecisionFile, options: ScoreOptions): Promise<ReviewDecision> {
  const decisions = await readResolved(root, file);
  const ids = [...new Set(decisions.map(({ evidence_id }) => evidence_id))];
  const workspace = openWorkspace(root, VERSION);
  try {
    const verdicts = openVerdicts(root);
    const recordedAt = now();
    const said = decisions.map((decision) => verdictOf(decision, recordedAt));
    const appended = await verdicts.append((given) => withoutRepeated(said, given));
    return {
      schema: 'review-decision/1',
      file: file.name,
      appended: appended.length,
      unchanged: decisions.length - appended.length,
      records: ids.length,
      by: countPeople(decisions),
      outlook: await outlook(root, ids, verdictsInForce(await verdicts.all()), options),
      next: 'lauter distill run-all',
    };
  } finally {
    workspace.close();
  }
}

async function readResolved(root: string, { path, name }: DecisionFile): Promise<readonly ResolvedDecision[]> {
  const read = readDecisions(readText(path, name), { nameChars: MAX_NAME_CHARS, noteChars: MAX_NOTE_CHARS });
  if (read.decisions.length + read.faults.length === 0) {
    throw new UsageError(`reading the verdicts in ${name}: expected at least one, found none.`, HOW_TO_WRITE);
  }
  const ids = read.decisions.map(({ id }) => id);
  const matches = await matchIds(root, ids);
  if (matches === null) {
    throw new UsageError(
      `looking for the records that ${name} is about: expected a run that has ended, found none.`,
      'Start one with `lauter distill run-all`.',
    );
  }
  const resolved = resolveDecisions(read.decisions, matches);
  const faults = [...read.faults, ...resolved.faults];
  if (faults.length > 0) throw faultyLines(name, faults);
  return resolved.decisions;
}

function countPeople(decisions: readonly ResolvedDecision[]): ReviewDecision['by'] {
  const counts = new Map<string, number>();
  for (const { by } of decisions) counts.set(by, (counts.get(by) ?? 0) + 1);
  return [...counts].map(([by, verdicts]) => ({ by, verdicts }));
}

const MAX_FILE_BYTES = 64 << 20;

function readText(path: string, name: string): string {
  const file = statSync(path, { throwIfNoEntry: false });
  if (file?.isFile() !== true) throw new UsageError(`reading verdicts: expected a file at ${name}, found none.`, HOW_TO_WRITE);
  if (file.size > MAX_FILE_BYTES) {
    throw new UsageError(
      `reading the verdicts in ${name}: expected at most 64 MiB, found ${file.size} bytes.`,
      'Give it in several files.',
    );
  }
  return readFileSync(path, 'utf8');
}

const HOW_TO_WRITE = '`lauter distill review` shows what waits, and how a line looks.';
const SHOWN_FAULTS = 20;

function faultyLines(name: string, faults: readonly DecisionFault[]): UsageError {
  const lines = faults
    .toSorted((one, other) => one.line - other.line)
    .slice(0, SHOWN_FAULTS)
    .map(({ line, expected, found }) => `  ${name}:${line}: expected ${expected}, found ${found}`);
  const more = faults.length > SHOWN_FAULTS ? `\n  and ${faults.length - SHOWN_FAULTS} more` : '';
  return new UsageError(
    `reading the verdicts in ${name}: expected lines that can all be taken, found ${faults.length} that cannot:\n${lines.join('\n')}${more}`,
    'Nothing was written. Mend these lines and give the file again.',
  );
}

function verdictOf({ evidence_id, verdict, by, note }: ResolvedDecision, recorded_at: string): Verdict {
  // A note is free text, and nothing that is kept holds secrets or personal data.
  const kept = note === undefined ? {} : { note: createRedactor().redact(note) };
  return { schema: 'verdict/1', evidence_id, verdict, by, ...kept, recorded_at };
}

/** Giving a file again changes nothing, and mends what a crash in the middle left out. */
function withoutRepeated(said: readonly Verdict[], given: readonly Verdict[]): Verdict[] {
  const inForce = verdictsInForce(given);
  return said.filter((verdict) => {
    const before = inForce.get(verdict.evidence_id)?.find(({ by }) => by === verdict.by);
    return before?.verdict !== verdict.verdict || before.note !== verdict.note;
  });
}
