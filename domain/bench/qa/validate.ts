import type { QaProvenance } from '../../../schemas/bench-qa.ts';
import type { QaValidation } from '../../../schemas/bench-qa-reports.ts';
import type { QaError } from '../../../schemas/vocabulary.ts';
import { compareCodePoints } from '../../shared/code-point-order.ts';
import type { Sha256 } from '../../shared/ledger-row.ts';
import { isBlank } from '../../shared/text.ts';
import type { HashedRow } from '../corpus/logical-hash.ts';
import { checkProvenance } from './check-provenance.ts';
import { qaContentHash } from './content-hash.ts';
import { explainFailure } from './explain-failure.ts';
import { findDuplicates } from './find-duplicates.ts';
import { readQuestion, type QaLine, type QaQuestion } from './read-row.ts';
import { eventsById, resolveGoldens, type Resolution } from './resolve.ts';

/** What a fixture is validated with. */
export interface QaValidationRequest {
  readonly fixture: string;
  readonly rows: readonly QaLine[];
  readonly provenance: QaProvenance | undefined;
  readonly corpus: { readonly version: string; readonly contentHash: string; readonly rows: readonly HashedRow[] };
  readonly minScoreable: number;
  /** Why another corpus or other questions than those of the provenance are let through. */
  readonly allowMismatch: string | undefined;
}

/** Everything that is known of a fixture against a corpus, and whether it passes. */
export function validateQa(request: QaValidationRequest, sha256: Sha256): QaValidation {
  const { fixture, rows, provenance, corpus, minScoreable, allowMismatch } = request;
  const events = eventsById(corpus.rows);
  const judged = rows.map((row) => judge(readQuestion(row), (question) => resolveGoldens(question, events)));
  const unscoreable = judged.filter(({ resolution }) => resolution.resolved.length === 0);
  const hashes = { corpus_content_hash: corpus.contentHash, qa_content_hash: qaContentHash(rows, sha256) };
  const { state, differences } = checkProvenance(provenance, hashes);
  const isAllowed = state !== 'matches' && allowMismatch !== undefined;
  const found = {
    schema: 'qa-validation/1' as const,
    fixture,
    corpus_version: corpus.version,
    ...hashes,
    total: judged.length,
    scoreable: judged.length - unscoreable.length,
    unscoreable: unscoreable.length,
    min_scoreable: minScoreable,
    missing_by_qa_id: Object.fromEntries(
      unscoreable.map(({ question, resolution }) => [question.qaId, resolution.unresolved.find((golden) => golden !== null) ?? null]),
    ),
    unresolved_by_qa_id: Object.fromEntries(
      judged
        .filter(({ question, resolution }) => question.isList && resolution.unresolved.length > 0)
        .map(({ question, resolution }) => [question.qaId, [...resolution.unresolved]]),
    ),
    duplicates: findDuplicates(judged.map(({ question }) => question)),
    errors: judged.flatMap(({ question, errors }) => errors.map((code) => ({ line: question.line, qa_id: question.qaId, code }))),
    keyword_leak_count: judged.filter(({ question }) => leaksKeyword(question)).length,
    per_source: countSources(judged.map(({ resolution }) => resolution)),
    provenance: { state, differences: [...differences], allowed: isAllowed ? allowMismatch : null },
  };
  const failures = explainFailure(found);
  const isPassed = failures.length === 0;
  return {
    ...found,
    passes: isPassed,
    warnings: warningsOf(found, judged.filter(hasStaleGolden).length),
    detail: isPassed ? `${found.scoreable} of ${found.total} questions can be scored` : failures.join('; '),
  };
}

interface Judged {
  readonly question: QaQuestion;
  readonly resolution: Resolution;
  readonly errors: readonly QaError[];
}

function judge(question: QaQuestion, resolve: (question: QaQuestion) => Resolution): Judged {
  const resolution = resolve(question);
  const { sourceFilter } = question;
  const errors: QaError[] = [];
  if (isBlank(question.question)) errors.push('blank_question');
  if (sourceFilter === undefined) errors.push('source_filter_not_text');
  else if (sourceFilter !== null && resolution.resolved.some(({ source }) => source !== sourceFilter))
    errors.push('source_filter_contradiction');
  return { question, resolution, errors };
}

/** True when a golden is an event of this corpus, but another one than when its content was noted beside it. */
function hasStaleGolden({ question, resolution }: Judged): boolean {
  const { goldens, hashes } = question;
  return resolution.resolved.some(({ event_id: id, content_sha256: hash }) => (hashes[goldens.indexOf(id)] ?? hash) !== hash);
}

/** Case is no difference to a reader who looks for the word. */
function leaksKeyword({ question, keywords }: QaQuestion): boolean {
  const asked = question.toLowerCase();
  return keywords.some((keyword) => !isBlank(keyword) && asked.includes(keyword.trim().toLowerCase()));
}

function countSources(resolutions: readonly Resolution[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { resolved } of resolutions) {
    const source = resolved[0]?.source;
    if (source !== undefined) counts.set(source, (counts.get(source) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([left], [right]) => compareCodePoints(left, right)));
}

function warningsOf(
  {
    keyword_leak_count: leaks,
    unresolved_by_qa_id: unresolved,
    missing_by_qa_id: missing,
    provenance,
  }: Omit<QaValidation, 'passes' | 'warnings' | 'detail'>,
  stale: number,
): string[] {
  const partly = Object.keys(unresolved).filter((qaId) => !Object.hasOwn(missing, qaId)).length;
  return [
    ...(leaks > 0 ? [`${leaks} questions hold one of their own accepted keywords`] : []),
    ...(partly > 0 ? [`${partly} questions have goldens that are not in this corpus, beside one that is`] : []),
    ...(stale > 0 ? [`${stale} questions have a golden whose content is not the one that golden_content_sha256 notes`] : []),
    ...(provenance.allowed === null
      ? []
      : [`the hashes are not those of the provenance; allowed: ${provenance.allowed}. Nothing of it enters the ledger`]),
  ];
}
