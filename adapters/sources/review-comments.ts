import { asArray, asCount, asString, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import { isBlank } from '../../domain/shared/text.ts';
import { draftOf, noSignals, outcomeOf, refuse } from './drafts.ts';
import type { Detection, Draft, EvidenceDraft, FileSample, RawRecord, RecordContext, SourceAdapter } from './source-adapter.ts';

/**
 * Code-review comments that people accepted or rejected: arrays of pull requests with their comments, one file per verdict.
 * The verdict is nowhere in the record: it is the file's name, or `options.verdict` where the name says nothing.
 */
export const reviewComments: SourceAdapter = { name: 'review-comments', version: 2, detect, normalize };

type Verdict = 'accepted' | 'rejected';

function detect(sample: FileSample): Detection | undefined {
  const first = sample.firstElement;
  if (first?.container !== 'array' || !isReviewedPullRequest(first.value)) return undefined;
  const verdict = verdictInName(sample.path);
  if (verdict === undefined) return undefined;
  return { layout: 'elements', confidence: 0.95, reason: `an array of pull requests with comments, ${verdict} by the file's name` };
}

function isReviewedPullRequest(value: JsonValue): boolean {
  if (!isObject(value) || typeof value['githubPrUrl'] !== 'string') return false;
  return asArray(value['comments'])?.every((comment) => isObject(comment) && 'note' in comment) ?? false;
}

function normalize(record: RawRecord, context: RecordContext): readonly Draft[] {
  if (!isObject(record.value)) return [refuse(record, 'not_an_object', 'pull request: expected an object')];
  const { comments, ...pullRequest } = record.value;
  const url = asString(pullRequest['githubPrUrl']);
  if (url === undefined) return [refuse(record, 'missing_field', 'githubPrUrl: expected text')];
  const verdict = verdictInName(context.path) ?? verdictInOptions(context);
  if (verdict === undefined) {
    return [
      refuse(record, 'missing_field', 'verdict: expected a file named positive or negative, or options.verdict accepted or rejected'),
    ];
  }
  const listed = asArray(comments) ?? [];
  if (listed.length === 0) return [refuse(record, 'missing_field', 'comments: expected at least one')];
  if (listed.length * JSON.stringify(pullRequest).length > MOST_REPEATED_CHARS)
    return [refuse(record, 'too_large', `pull request: repeated with each of its ${listed.length} comments it comes to too much`)];
  return listed.map((comment, index) => {
    const locator = { ...record.locator, pointer: `${record.locator.pointer ?? ''}/comments/${index}` };
    return draftOfComment({ value: { ...pullRequest, comment }, locator, line: record.line }, comment, url, verdict);
  });
}

/** Each comment is signed with its pull request, which takes a few hundred characters; made of megabytes it would keep a run busy for hours. */
const MOST_REPEATED_CHARS = 8 << 20;

/** `record.value` is the comment within its pull request, because the same words under another pull request are another comment. */
function draftOfComment(record: RawRecord, comment: JsonValue, url: string, verdict: Verdict): Draft {
  if (!isObject(comment)) return refuse(record, 'not_an_object', 'comment: expected an object');
  const note = asString(comment['note']);
  if (note === undefined) return refuse(record, 'missing_field', 'note: expected text');
  const path = asString(comment['path']);
  const model = comment['is_ai_comment'] === true ? asString(comment['source_model']) : undefined;
  return draftOf(record, {
    branch: verdict,
    task: taskOf(comment, url, path),
    // Without the diff there is no prompt a model could learn from.
    messages: [],
    artifacts: isBlank(note) ? [] : [{ kind: 'comment', text: note, ...(path !== undefined && { path }) }],
    outcome: outcomeOf(verdict === 'accepted' ? 1 : 0, 'human'),
    signals: { ...noSignals(), human: [{ by: 'file', verdict: verdict === 'accepted' ? 'yes' : 'no' }] },
    model: model === undefined || isBlank(model) ? null : model,
  });
}

function taskOf(comment: JsonObject, url: string, path: string | undefined): EvidenceDraft['task'] {
  const from = asCount(comment['from_line']);
  const to = asCount(comment['to_line']) ?? from;
  const key = `review/${url}#${path ?? ''}:${from ?? ''}-${to ?? ''}`;
  const lines = from === undefined ? '' : from === to ? `, line ${from}` : `, lines ${from}-${to}`;
  return { id: url, key, text: `Review comment on ${path ?? 'the change'}${lines} of ${url}` };
}

/** A name has to begin with its verdict and not to mention the other: `false_positives.json` is no file of accepted comments. */
function verdictInName(path: string): Verdict | undefined {
  const name = path.toLowerCase().split('/').at(-1) ?? '';
  if (/^(positive|accepted)(?!.*(negative|rejected))/.test(name)) return 'accepted';
  if (/^(negative|rejected)(?!.*(positive|accepted))/.test(name)) return 'rejected';
  return undefined;
}

function verdictInOptions(context: RecordContext): Verdict | undefined {
  const stated = context.options['verdict'];
  return stated === 'accepted' || stated === 'rejected' ? stated : undefined;
}
