import { evidenceSchema, locatorSchema } from '../../../schemas/evidence.ts';
import { QUARANTINE_REASONS } from '../../../schemas/vocabulary.ts';

const ALL_REASONS = Object.keys(QUARANTINE_REASONS);
/** What can be wrong with a record before anybody judges it. */
const REASONS_OF_READING = new Set(ALL_REASONS.slice(0, ALL_REASONS.indexOf('exact_duplicate')));

/** What is wrong with an evidence row as it would be stored; undefined when nothing is. */
export function complaintAboutEvidence(json: string): string | undefined {
  const { content_digest, row_digest, place, shard, ...evidence } = JSON.parse(json) as Record<string, unknown>;
  if (![content_digest, row_digest].every((digest) => /^[\da-f]{64}$/.test(String(digest)))) return 'an evidence row without digests';
  if (!Number.isInteger(place) || typeof shard !== 'string') return 'an evidence row without its place';
  const parsed = evidenceSchema.safeParse(evidence);
  if (!parsed.success) return `an evidence row that its schema refuses: ${JSON.stringify(parsed.error.issues[0])}`;
  const { provenance, day } = parsed.data;
  if (Object.keys(provenance.locator).length === 0) return 'an evidence row without a locator';
  if (Number.isNaN(Date.parse(provenance.recorded_at))) return `an evidence row of no time: ${provenance.recorded_at}`;
  if (day !== 'undated' && !provenance.recorded_at.startsWith(day))
    return `an evidence row of another day: ${day}, ${provenance.recorded_at}`;
  if (/(?<!\\)(?:\\\\)*\\ud[89a-f]/i.test(json)) return 'an evidence row with half a surrogate pair';
  return undefined;
}

/** The reason of a refusal, and what is wrong with its row. */
export function complaintAboutRefusal(json: string): { reason: string; complaint: string | undefined } {
  const row = JSON.parse(json) as Record<string, unknown>;
  const reason = String(row.reason);
  const complain = (complaint: string): { reason: string; complaint: string } => ({
    reason,
    complaint: `${complaint}: ${json.slice(0, 400)}`,
  });
  if (!REASONS_OF_READING.has(reason)) return complain('a refusal for a reason that is not on the list');
  const locator = locatorSchema.safeParse(row.locator);
  if (!locator.success || Object.keys(locator.data).length === 0) return complain('a refusal without a locator');
  if (typeof row.detail !== 'string' || row.detail === '') return complain('a refusal without a detail');
  if (!Number.isInteger(row.line_offset) || Number(row.line_offset) < 0) return complain('a refusal without a line');
  return { reason, complaint: undefined };
}
