import { fixtureOf, SHA256, TIME, type SchemaFixture } from './fixture.ts';

const HEAD = {
  schema: 'collection/1',
  name: 'harbour',
  generation: 3,
  folder: 'generation-3',
  corpus_hash: SHA256,
  embedder: 'harbour-embed@384',
  embedder_name: 'small',
  dimensions: 384,
  contextual: 'title',
  chunker_version: 'lauter-chunker-1',
  index_version: 1,
  synthetic: true,
  pages: 2,
  chunks: 5,
  written_at: TIME,
  files: { 'index.bin': 4_096, 'vectors.f32': 7_680 },
};

const SYNOPSES = { by: 'http:scribe-small:lauter-synopsis-1', written: 1, unusable: 1, unanswered: 0 };
const WITHOUT_VECTORS = { embedder: null, embedder_name: null, dimensions: null, contextual: null };
const { name, generation, corpus_hash, embedder, synthetic, pages, chunks, written_at } = HEAD;
const LISTED = { name, generation, pages, chunks, corpus_hash, embedder, synthetic, written_at };

const PAGE = {
  source_id: 'default',
  slug: 'tides/quay',
  title: 'Tides at the quay',
  type: 'note',
  compiled_truth: 'High tide is at seven.',
  timeline: '2026-03-01: the gauge was mended.',
  text: 'The water rises twice a day.',
  aliases: ['quay tides'],
  links: [{ type: 'near', target: 'piers/north' }],
  takes: [{ row_num: 1, holder: 'pilot', text: 'The gauge reads low.', active: true, effective_date: '2026-03-01' }],
  superseded_by: 'tides/new-quay',
  effective_date: '2026-03-01',
  effective_date_source: 'text',
  session_id: 'watch-12',
  salience: 0.4,
  updated_at: TIME,
  embedding_dim: 0,
};

/** Collections, the pages they are made of, and what is printed about them. */
export const COLLECTION_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  collectionNameSchema: {
    accepts: ['harbour', 'Harbour-2026.03_b', '7', 'q'.repeat(100)],
    rejects: {
      'no name': '',
      'a folder above': '..',
      'a folder within': 'harbour/north',
      'a hidden folder': '.harbour',
      'a name too long': 'q'.repeat(101),
    },
  },
  synopsesToldSchema: fixtureOf(SYNOPSES, { 'a count below nothing': { unusable: -1 }, 'nobody who wrote them': { by: '' } }),
  collectionHeadSchema: fixtureOf(
    { ...HEAD, synopses: SYNOPSES },
    {
      'another document': { schema: 'collection/2' },
      'a generation before the first': { generation: 0 },
      'a folder elsewhere': { folder: '../generation-3' },
      'a hash of another form': { corpus_hash: 'abc' },
      'vectors without a length': { dimensions: 0 },
      'half a byte': { files: { 'index.bin': 0.5 } },
    },
    { accepts: [WITHOUT_VECTORS, { synopses: null }], optional: ['synopses'] },
  ),
  searchListReportSchema: fixtureOf(
    { schema_version: 1, collections: [LISTED] },
    {
      'another version': { schema_version: 2 },
      'more than is listed': { collections: [HEAD] },
      'less than is listed': { collections: [{ name }] },
    },
    { accepts: [{ collections: [] }] },
  ),
  searchIndexReportSchema: fixtureOf(
    {
      schema_version: 1,
      collection: 'harbour',
      pages: 2,
      chunks: 5,
      added: 1,
      updated: 1,
      removed: 0,
      quarantined: [{ path: 'piers/north.md', reason: 'no text' }],
      generation: 3,
      corpus_hash: SHA256,
      embedder: 'small',
      synopses: SYNOPSES,
      duration_ms: 12,
    },
    { 'a count below nothing': { removed: -1 }, 'a page without a reason': { quarantined: [{ path: 'piers/north.md' }] } },
    { accepts: [{ embedder: null, quarantined: [] }], optional: ['synopses'] },
  ),
  searchPageSchema: fixtureOf(
    PAGE,
    {
      'no slug': { slug: '' },
      'a link to nowhere': { links: [{ type: 'near' }] },
      'a take before the first row': { takes: [{ ...PAGE.takes[0], row_num: 0 }] },
      'a salience above 1': { salience: 1.1 },
      'a date from nowhere': { effective_date_source: 'file' },
    },
    { optional: Object.keys(PAGE).filter((field) => !['slug', 'title'].includes(field)), isOpen: true },
  ),
};
