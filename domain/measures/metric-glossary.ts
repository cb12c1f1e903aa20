/** What a figure is called in the field, what it says in plain words, and what it may be. */
export interface GlossaryEntry {
  readonly industry_term: string;
  readonly eli10: string;
  readonly range: string;
}

/** Entries of the figures that are measured here, by the key they go by with the place left open. */
const METRIC_GLOSSARY: Readonly<Record<string, GlossaryEntry>> = {
  'precision@k': entry('Precision at k', 'Of the first k answers, how many are right, also when fewer than k were given.', '0 to 1'),
  'recall@k': entry('Recall at k', 'Of everything that is right, how much is among the first k answers.', '0 to 1'),
  'hit@k': entry('Success at k, hit rate', 'How often at least one of the first k answers is right.', '0 to 1'),
  'hit@1': entry('Success at 1', 'How often the first answer is right.', '0 to 1'),
  'hit@3': entry('Success at 3', 'How often at least one of the first three answers is right.', '0 to 1'),
  'hits@k': entry('Relevant retrieved at k', 'How many of the first k answers are right.', '0 to k'),
  mrr: entry(
    'Mean reciprocal rank',
    'One over the place of the first right answer: 1 at the top, 1/2 one below, 0 when there is none.',
    '0 to 1',
  ),
  map: entry(
    'Mean average precision',
    'How pure the list is at each right answer, averaged over all right answers, also those not found.',
    '0 to 1',
  ),
  'ndcg@k': entry(
    'Normalized discounted cumulative gain',
    'How good the order is: right answers count by their grade and less the lower they stand; 1 is the best order there can be.',
    '0 to 1',
  ),
  'ndcg_exp@k': entry('nDCG with exponential gain', 'The same, a grade g counting 2^g - 1, so that top grades weigh more.', '0 to 1'),
  'dcg@k': entry('Discounted cumulative gain', 'Grades of the answers, each divided by the logarithm of its place, added up.', '0 and up'),
  'dcg_exp@k': entry('DCG with exponential gain', 'The same, a grade g counting 2^g - 1.', '0 and up'),
  'relative_precision@k': entry('Relative precision at k', 'Right answers among the first k, of as many as there can be.', '0 to 1'),
  'unjudged@k': entry(
    'Unjudged at k',
    'How many of the first k answers nobody has judged. High values say that the figures beside are not to be trusted.',
    '0 to 1',
  ),
  r_precision: entry('R-precision', 'Precision at the place where a perfect list would end.', '0 to 1'),
  interpolated_precision: entry(
    'Interpolated precision',
    'The best precision from the point on where so much of everything right is found.',
    '0 to 1',
  ),
  bpref: entry('Binary preference', 'How seldom a wrong answer stands above a right one, among judged answers only.', '0 to 1'),
  gm_map: entry('Geometric mean average precision', 'MAP in which queries that go badly wrong weigh more.', '0.00001 to 1'),
  gm_bpref: entry('Geometric mean binary preference', 'bpref in which queries that go badly wrong weigh more.', '0.00001 to 1'),
  inferred_average_precision: entry('Inferred average precision', 'Average precision when only a sample was judged.', '0 to 1'),
  set_precision: entry('Set precision', 'Of everything that was given, how much is right, whatever the order.', '0 to 1'),
  set_recall: entry('Set recall', 'Of everything that is right, how much was given, whatever the order.', '0 to 1'),
  set_average_precision: entry('Set average precision', 'Set precision times set recall.', '0 to 1'),
  set_f: entry('Set F', 'One number for set precision and set recall.', '0 to 1'),
  utility: entry('Utility', 'A point for each right answer, a point less for each wrong one.', 'any'),
  expected_top1_hit_rate: entry('Expected top 1', 'How often the one answer that ought to be first is first.', '0 to 1'),
  first_relevant_hit_rate: entry('First relevant hit', 'How often the first answer is a right one.', '0 to 1'),
  num_q: entry('Queries', 'How many queries count.', '0 and up'),
  num_ret: entry('Retrieved', 'How many answers were given.', '0 and up'),
  num_rel: entry('Relevant', 'How many right answers there are.', '0 and up'),
  num_rel_ret: entry('Relevant retrieved', 'How many right answers were given.', '0 and up'),
  num_nonrel_judged_ret: entry('Non-relevant retrieved', 'How many answers were given that were judged and are not right.', '0 and up'),
  'jaccard@k': entry('Jaccard similarity', 'How much two lists share: entries of both over all entries, whatever the order.', '0 to 1'),
  rbo: entry('Rank-biased overlap', 'How alike two lists are, the top counting most.', '0 to 1'),
  top1_stability: entry('Top-1 stability', 'How often the first answer is the one it was before.', '0 to 1'),
  p_value: entry('p-value', 'How often chance alone makes a difference as large as this one.', 'above 0, to 1'),
  adjusted_p: entry('Adjusted p-value', 'The same, made fair to having looked at several figures.', 'above 0, to 1'),
  confidence_interval: entry('95 % confidence interval', 'Where the figure may lie with other queries of the same kind.', 'two numbers'),
  wilson_interval: entry('Wilson interval', 'The same for a share of yes and no.', '0 to 1'),
  mde: entry('Minimum detectable effect', 'The smallest difference that so many queries would show.', '0 and up'),
  p50_latency_ms: entry('Median latency', 'Half of the searches took no longer.', 'milliseconds'),
  p95_latency_ms: entry('95th percentile of latency', 'Nineteen of twenty searches took no longer.', 'milliseconds'),
  p99_latency_ms: entry('99th percentile of latency', 'Ninety-nine of a hundred searches took no longer.', 'milliseconds'),
};

/** The entries of some keys; `@10` stands for `@k` where the place has no entry of its own. Keys without an entry are left out. */
export function pickGlossary(keys: Iterable<string>): Record<string, GlossaryEntry> {
  const found = [...new Set(keys)].flatMap((key) => {
    const known = key in METRIC_GLOSSARY ? key : key.replace(/@\d+$/, '@k');
    const found = METRIC_GLOSSARY[known];
    return found === undefined ? [] : [[known, found] as const];
  });
  return Object.fromEntries(found);
}

function entry(industry_term: string, eli10: string, range: string): GlossaryEntry {
  return { industry_term, eli10, range };
}
