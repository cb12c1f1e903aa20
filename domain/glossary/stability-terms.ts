import { AGREEMENT_TERMS } from './replay-terms.ts';
import { term, type GlossarySection } from './section.ts';

/** Metrics that compare two lists without knowing which is right. */
export const STABILITY: GlossarySection = {
  title: 'Set similarity and stability',
  lead: 'How far answers moved. They need no judgments, and so do not say whether a move was for the better.',
  terms: [
    term('jaccard@k', 'Jaccard similarity', 'How much two lists share: entries of both over all entries, whatever the order.', '0 to 1', [
      'jaccard',
      'mean_jaccard',
    ]),
    term(
      'mean_jaccard_strict',
      'Jaccard similarity, failures as 0',
      'The same where a search that threw counts as having nothing in common. A gate looks at this one.',
      '0 to 1',
    ),
    term('rbo', 'Rank-biased overlap', 'How alike two lists are, the top counting most (p = 0.9, extrapolated).', '0 to 1', ['mean_rbo']),
    term('top1_stability', 'Top-1 stability', 'How often the first answer is the one it was before.', '0 to 1', [
      'top1_stability_rate',
      'top1match',
    ]),
    term(
      'top1_stability_strict',
      'Top-1 stability, failures as 0',
      'The same where a search that threw counts as a changed first answer. A gate looks at this one.',
      '0 to 1',
    ),
    term('rows_total', 'Rows', 'How many captured searches the file holds, or the limit leaves.', '0 and up'),
    term('rows_replayed', 'Rows replayed', 'How many of them were searched again and compared.', '0 and up', ['no_rows_replayed']),
    term('rows_skipped', 'Rows skipped', 'How many of them have nothing to search for.', '0 and up'),
    term('rows_errored', 'Rows errored', 'How many of them ended in an error.', '0 and up'),
    term(
      'rows_degraded',
      'Rows degraded',
      'How many of them were searched without a stage that was there when they were captured.',
      '0 and up',
    ),
    ...AGREEMENT_TERMS,
  ],
};
