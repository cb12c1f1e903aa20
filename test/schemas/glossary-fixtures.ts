import { footerOf, reportMeta } from '../support/report-meta.ts';
import { fixtureOf, type SchemaFixture } from './fixture.ts';

const ENTRY = { industry_term: 'Recall at k', eli10: 'How much of what is right was found.', range: '0 to 1' };

/** What metrics mean, and what figures were made from. */
export const GLOSSARY_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  glossaryEntrySchema: fixtureOf(ENTRY, { 'a range of numbers': { range: [0, 1] } }),
  metricGlossarySchema: {
    accepts: [{ 'recall@10': ENTRY }, {}],
    rejects: { 'an entry that is a word': { 'recall@10': 'found' }, 'an entry without a range': { mrr: { ...ENTRY, range: undefined } } },
    optional: ['recall@10'],
  },
  glossaryReportSchema: fixtureOf(
    {
      schema_version: 1,
      sections: [{ title: 'Retrieval', lead: 'What was found.', metrics: [{ name: 'recall@k', also: ['r@k'], ...ENTRY }] }],
      _meta: { metric_glossary: { 'recall@k': ENTRY } },
    },
    { 'another version': { schema_version: 2 }, 'a section without metrics': { sections: [{ title: 'Retrieval', lead: '' }] } },
  ),
  reportMetaSchema: fixtureOf(reportMeta(), {
    'a footer that says nothing': { footer: {} },
    'an unknown metric that is a number': { unknown_metrics: [3] },
  }),
  reproducibilitySchema: fixtureOf(
    footerOf(),
    { 'half a seed': { seed: 0.5 }, 'errors below nothing': { errored: -1 }, 'a cost that is a word': { cost: { estimated_usd: 'free' } } },
    { accepts: [{ seed: 'none' }, { seed: null, commit: null, price_table: null }] },
  ),
};
