import type { ReviewListing } from '../../schemas/review-listing.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';
import { whatSourcesSay } from './what-sources-say.ts';

const ID_CHARS = 12;
const TASK_CHARS = 60;

/** The listing for people, with the words that settle it. */
export function tellWaiting({ run_id, total, with_verdict, groups, rows, complete }: ReviewListing): string {
  const head = `run ${run_id}: ${total.toLocaleString('en')} records wait for a human${with_verdict === 0 ? '' : `, ${with_verdict.toLocaleString('en')} of them with a verdict`}`;
  if (total === 0) return head;
  const sums = textTable(
    ['rows', 'rule', 'reasons', 'when'],
    groups.map((group) => [group.rows.toLocaleString('en'), group.rule, plain(group.reasons.join(', ')), group.when]),
  );
  const list = textTable(
    ['evidence', 'from', 'task', 'its source says', 'verdicts'],
    rows.map((row) => [
      row.evidence_id.slice(0, ID_CHARS),
      plain(`${row.source_file}:${row.line_offset + 1}`),
      plain(row.task.start.slice(0, TASK_CHARS)),
      plain(whatSourcesSay(row.signals)),
      plain(row.verdicts.map(({ by, verdict }) => `${by}: ${verdict}`).join(', ')),
    ]),
  );
  const more = complete ? '' : `\n\nthe first ${rows.length.toLocaleString('en')}; --limit N shows more`;
  return `${head}\n\n${sums}\n\n${list}${more}\n\n${HOW_TO}`;
}

const HOW_TO = `\`lauter distill score --explain ID\` shows why. To decide, write a line for each record into a file, as JSON or as CSV with these columns:
  {"evidence_id": "…", "verdict": "yes", "by": "who says so", "note": "why"}        (yes, no or partial)
and give it to \`lauter distill review --decide FILE\`.`;
