import { openVerdicts } from '../../adapters/files/verdicts.ts';
import { listReview, type WaitingRow } from '../../adapters/lake/list-review.ts';
import { verdictsInForce, type VerdictsInForce } from '../../domain/review/index.ts';
import { RULES, wordsOfRule } from '../../domain/score/index.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { nearestTo } from '../../domain/shared/nearest.ts';
import { firstLine } from '../../domain/shared/text.ts';
import type { Locator, Signals } from '../../schemas/evidence.ts';
import type { ReviewListing } from '../../schemas/review-listing.ts';
import type { ScoreReason } from '../../schemas/scored-run.ts';

export interface WaitingQuestion {
  readonly source: string | undefined;
  readonly rule: string | undefined;
  readonly limit: number;
}

/** What waits for a human in a workspace. UsageError before the first run, and for a source or rule that is none. */
export async function listWaiting(root: string, { source, rule, limit }: WaitingQuestion): Promise<ReviewListing> {
  if (rule !== undefined) requireKnown('--rule', rule, RULE_NAMES);
  const inForce = verdictsInForce(await openVerdicts(root).all());
  const found = await listReview(root, { source, rule, limit, decided: [...inForce.keys()] });
  if (found.runId === null) {
    throw new UsageError(
      `looking for records to review in ${root}: expected a run that has ended, found none.`,
      'Start one with `lauter distill run-all`.',
    );
  }
  if (source !== undefined) requireKnown('--source', source, found.sources);
  const total = found.groups.reduce((sum, { rows }) => sum + rows, 0);
  return {
    schema: 'review-listing/1',
    run_id: found.runId,
    asked: { source: source ?? null, rule: rule ?? null },
    total,
    with_verdict: found.decided,
    groups: found.groups.map((group) => ({ ...group, reasons: [...group.reasons], when: wordsOfRule(group.rule) ?? '' })),
    rows: found.rows.map((row) => listed(row, inForce)),
    complete: found.rows.length === total,
  };
}

const RULE_NAMES = RULES.map(({ name }) => name);

function requireKnown(option: string, given: string, known: readonly string[]): void {
  if (known.includes(given)) return;
  throw new UsageError(
    `reading ${option}: expected one of ${known.join(', ')}, found ${given}; the nearest is ${nearestTo(given, known) ?? 'none'}.`,
    '`lauter distill review` shows all that waits.',
  );
}

const TASK_CHARS = 200;

function listed(row: WaitingRow, inForce: VerdictsInForce): ReviewListing['rows'][number] {
  const verdicts = inForce.get(row.evidence_id) ?? [];
  return {
    evidence_id: row.evidence_id,
    source: row.source,
    source_file: row.source_file,
    locator: JSON.parse(row.locator) as Locator,
    line_offset: row.line_offset,
    task: { key: row.task_key, start: firstLine(row.task_text, TASK_CHARS) },
    rule: row.rule,
    reasons: JSON.parse(row.reasons) as ScoreReason[],
    outcome: { state: row.outcome_state, value: row.outcome_value, from: row.outcome_from },
    signals: JSON.parse(row.signals) as Signals,
    verdicts: verdicts.map(({ schema: _schema, evidence_id: _id, ...said }) => said),
  };
}
