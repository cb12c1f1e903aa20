import { term, type Term } from './section.ts';

/** What a collection says against itself, as far as a judge sees it. */
export const CONTRADICTION_TERMS: readonly Term[] = [
  term(
    'queries_with_contradiction',
    'Queries with a contradiction',
    'Queries for which a search brought two passages that a judge says cannot both be true, of those that were judged. Queries without a verdict are not among them.',
    '0 and up',
  ),
  term(
    'verdict_cache_hit_rate',
    'Share of verdicts from the cache',
    'Of the pairs that have an outcome, those whose verdict was kept from a run of the last 30 days and cost nothing.',
    '0 to 1',
    ['hit_rate'],
  ),
  term(
    'judge_precision',
    'Precision of the judge',
    'Of the labelled pairs that the judge calls a contradiction, those that people call one, too.',
    '0 to 1',
  ),
  term(
    'judge_recall',
    'Recall of the judge',
    'Of the labelled pairs that people call a contradiction, those that the judge calls one, too.',
    '0 to 1',
  ),
];
