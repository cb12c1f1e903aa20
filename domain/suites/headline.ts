/** What a suite is made of. */
export type SuiteKind = 'longmemeval' | 'captured' | 'judged';

/** The metric that wins and losses of a suite go by. */
export const HEADLINES: Readonly<Record<SuiteKind, string>> = {
  longmemeval: 'recall_all@5',
  captured: 'jaccard@k',
  judged: 'ndcg@10',
};

/** Kind of the suite of that name: those that are built in go by their name, any other one is judged pages. */
export function kindOfSuite(suite: string): SuiteKind {
  return suite === 'longmemeval' ? 'longmemeval' : suite === 'replay' ? 'captured' : 'judged';
}
