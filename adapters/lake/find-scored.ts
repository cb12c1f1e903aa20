import type { EvidenceRow } from '../../activities/ports.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { firstLine } from '../../domain/shared/text.ts';
import type { Category } from '../../schemas/vocabulary.ts';
import type { Database } from './database.ts';
import { withViewDatabase } from './view-database.ts';
import { lakeViews } from './views.ts';

/** An evidence row of the current version, and what the rules said of it. */
export interface ScoredEvidenceRow extends EvidenceRow {
  readonly category: Category;
  readonly rule: string;
  /** Canonical JSON. */
  readonly reasons: string;
  readonly scorer_version: string;
}

const LIMITS = { threads: 2, memoryMb: 512 };
const SHOWN = 5;

/** The record whose id is given whole or by a beginning that no other id shares. UsageError when there is none, or more than one. */
export async function findScored(workspace: string, given: string): Promise<ScoredEvidenceRow> {
  const views = lakeViews(workspace);
  return withViewDatabase(workspace, views, LIMITS, async (database) => {
    const matches = await idsLike(database, given);
    const [match, ...others] = matches;
    if (match === undefined) throw notFound(given, views.runId);
    if (others.length > 0) throw ambiguous(given, matches);
    const [row] = await database.rows<ScoredEvidenceRow>(
      `SELECT 0 AS place, e.*, s.category AS category, s.rule AS rule, s.reasons AS reasons, s.scorer_version AS scorer_version
       FROM evidence e JOIN scored s ON s.evidence_id = e.id WHERE e.id = $id`,
      { id: match.id },
    );
    if (row === undefined) throw notFound(given, views.runId);
    return row;
  });
}

interface Match {
  readonly id: string;
  readonly task_text: string;
}

function idsLike(database: Database, given: string): Promise<Match[]> {
  if (!/^[0-9a-f]{1,64}$/i.test(given)) return Promise.resolve([]);
  return database.rows<Match>(
    `SELECT evidence.id AS id, task_text FROM evidence JOIN scored ON evidence_id = evidence.id
     WHERE starts_with(evidence.id, $given) ORDER BY id LIMIT ${SHOWN + 1}`,
    { given: given.toLowerCase() },
  );
}

function notFound(given: string, runId: string | null): UsageError {
  return new UsageError(
    `looking for the record ${given}: expected the id of an evidence row or its beginning, found ${runId === null ? 'that no run has ended yet' : `none in run ${runId}`}.`,
    runId === null
      ? 'Start one with `lauter distill run-all`.'
      : '`lauter distill query "SELECT evidence_id, task_key, category FROM scored LIMIT 20"` shows some ids.',
  );
}

function ambiguous(given: string, matches: readonly Match[]): UsageError {
  const shown = matches.slice(0, SHOWN).map(({ id, task_text }) => `  ${id}  ${firstLine(task_text, 60)}`);
  const more = matches.length > SHOWN ? '\n  …' : '';
  return new UsageError(
    `looking for the record ${given}: expected the beginning of one id, found that of several:\n${shown.join('\n')}${more}`,
    'Give more of the id.',
  );
}
