import { dataNotice, fence } from '../fencing/index.ts';
import type { ContradictionEnd } from '../../schemas/contradiction-report.ts';
import { CONTRADICTION_VERDICTS, RESOLUTION_KINDS, SEVERITIES } from '../../schemas/vocabulary.ts';
import { contentDate } from './content-date.ts';
import { digestOf } from './digest.ts';
import { inJudgedOrder } from './end-identity.ts';
import type { JudgeQuestion } from './judge-question.ts';
import { truncateForJudge } from './truncate.ts';

/** Another text of the prompt, another version. */
export const JUDGE_PROMPT_VERSION = 'lauter-contradictions-1';

/** Room for a verdict, and for a model that thinks before it. */
export const JUDGE_MAX_TOKENS = 400;

const QUERY_CAP = 1_000;

const SYSTEM = [
  'You compare two passages that a search brought for one query, and say whether both can be true of the same thing at the same time.',
  dataNotice('passage'),
  'Verdicts: no_contradiction, they go together or speak of different things; contradiction, both cannot be true; temporal_supersession, the newer replaces the older;',
  'temporal_regression, the newer is worse or undoes what the older says; temporal_evolution, the same thing has developed; negation_artifact, they only seem to disagree because of a negation.',
  'A date is given where the content states one; nothing is known where none is given.',
  'Answer with one JSON object and nothing else:',
  `{"verdict": one of ${CONTRADICTION_VERDICTS.join(', ')}; "severity": one of ${SEVERITIES.join(', ')}; "axis": what they disagree on, in a few words; "confidence": a number from 0 to 1; "resolution_kind": one of ${RESOLUTION_KINDS.join(', ')}, or null}`,
].join('\n');

/** Part of every cache key: it changes with every word of the prompt. */
export const JUDGE_PROMPT_HASH = digestOf(`${JUDGE_PROMPT_VERSION}\n${SYSTEM}`);

/** What a judge is asked: both texts as data, with their dates and holders, never that of an import. */
export function judgeMessages({
  query,
  a,
  b,
  maxPairChars,
}: JudgeQuestion): { readonly role: 'system' | 'user'; readonly content: string }[] {
  const [first, second] = inJudgedOrder(a, b);
  const asked = fence({ tag: 'passage', attributes: { kind: 'query' }, text: query, cap: QUERY_CAP }).block;
  return [
    { role: 'system', content: SYSTEM },
    { role: 'user', content: [asked, blockOf('first', first, maxPairChars), blockOf('second', second, maxPairChars)].join('\n\n') },
  ];
}

function blockOf(id: string, end: ContradictionEnd, maxPairChars: number): string {
  const dated = contentDate(end);
  const attributes = {
    id,
    kind: end.take_row_num === null ? 'text' : 'take',
    holder: end.holder ?? undefined,
    date: dated?.date,
    date_source: dated?.source ?? undefined,
  };
  return fence({ tag: 'passage', attributes, text: truncateForJudge(end.text, maxPairChars), cap: maxPairChars }).block;
}
