import type { QuarantineListing, QuarantinePlace } from '../../schemas/quarantine-listing.ts';
import type { QuarantineReason } from '../../schemas/vocabulary.ts';
import { withViewDatabase } from './view-database.ts';
import { lakeViews } from './views.ts';

export interface QuarantineQuestion {
  readonly runId?: string | undefined;
  readonly reason?: QuarantineReason | undefined;
  readonly set?: QuarantinePlace | undefined;
  /** Rows that are listed at most. */
  readonly limit: number;
}

export interface Quarantine {
  /** Null before the first run. */
  readonly runId: string | null;
  readonly reasons: readonly { readonly set: QuarantinePlace; readonly reason: QuarantineReason; readonly rows: number }[];
  readonly rows: QuarantineListing['rows'];
  /** Quarantine files of the run that are no longer there. */
  readonly missing: readonly string[];
}

const LIMITS = { threads: 2, memoryMb: 512 };

/** Quarantined rows of the current run, or of the one that is named: how many for each set and reason, and the first of them. */
export async function listQuarantine(workspace: string, question: QuarantineQuestion): Promise<Quarantine> {
  const views = lakeViews(workspace, question.runId);
  return withViewDatabase(workspace, views, LIMITS, async (database) => {
    const { reason = null, set = null } = question;
    const asked = 'FROM quarantine WHERE ($reason IS NULL OR reason = $reason) AND ($set IS NULL OR "set" = $set)';
    const reasons = await database.rows<Quarantine['reasons'][number]>(
      `SELECT "set", reason, count(*) AS rows ${asked} GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`,
      { reason, set },
    );
    const rows = await database.rows<QuarantineListing['rows'][number]>(
      `SELECT evidence_id, "set", reason, detail, provenance.source_file AS source_file, provenance.line_offset AS line_offset, provenance.sig_hash AS sig_hash
       ${asked} ORDER BY "set", reason, source_file, line_offset, provenance.locator, evidence_id LIMIT ${question.limit}`,
      { reason, set },
    );
    return { runId: views.runId, reasons, rows, missing: views.missing.filter((path) => /[/\\]quarantine[/\\]/.test(path)) };
  });
}
