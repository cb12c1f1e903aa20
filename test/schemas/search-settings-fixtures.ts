import { fixtureOf, type SchemaFixture } from './fixture.ts';

/** Every knob at a value of its own. */
export const KNOBS = {
  token_budget: 4_000,
  limit: 10,
  expansion: false,
  reranker: true,
  rerank_top_n_in: 30,
  rerank_timeout_ms: 5_000,
  graph_signals: true,
  relational: true,
  relational_depth: 2,
  relational_max: 50,
  autocut: false,
  autocut_jump: 0.2,
  autocut_min_top: 0.3,
  autocut_min_keep: 1,
  contextual: 'title',
  semantic_cache: false,
  cache_similarity: 0.92,
  cache_ttl_s: 3_600,
  intent_weighting: true,
  title_boost: 1.25,
  evidence_cosine: 0.75,
  rrf_k: 60,
  cosine_blend: 0.3,
  dedup_max_per_page: 2,
  dedup_text_jaccard: 0.85,
  dedup_type_ratio: 0.6,
  source_boost: true,
  adaptive_return: false,
  salvage: true,
  embed_timeout_ms: 2_000,
  recency: 'suggested',
  salience: 'off',
  lexical: 'fielded',
  fusion: 'blend',
};

const BAD_KNOBS = {
  'no results at all': { limit: 0 },
  'a budget below nothing': { token_budget: -1 },
  'a share above 1': { cosine_blend: 1.5 },
  'a boost of nothing': { title_boost: 0 },
  'half a link': { relational_depth: 0.5 },
  'another way of counting words': { lexical: 'aloud' },
};

const HTTP = {
  kind: 'http',
  url: 'http://127.0.0.1:8080/search',
  method: 'POST',
  headers: { 'x-harbour': 'north' },
  api_key_env: 'HARBOUR_KEY',
  body: { q: '{{query}}' },
  results: '$.pages[*]',
  slug: '$.id',
  source_id: '$.source',
  chunk_id: '$.chunk',
  title: '$.title',
  text: '$.text',
  score: '$.score',
  timeout_ms: 5_000,
  index: { url: 'http://127.0.0.1:8080/pages', method: 'PUT', body: { pages: '{{pages}}' }, timeout_ms: 60_000 },
};

const HTTP_FIXTURE = fixtureOf(
  HTTP,
  {
    'an engine of another kind': { kind: 'oracle' },
    'a place that is no JSONPath': { slug: 'id' },
    'a header of the connection': { headers: { Host: 'harbour.example' } },
    'a header of two lines': { headers: { 'x-harbour': 'north\r\nx-pier: 2' } },
    'a body with GET': { method: 'GET' },
    'no time at all': { timeout_ms: 0 },
  },
  {
    optional: Object.keys(HTTP).filter((field) => !['kind', 'url'].includes(field)),
    // Whatever JSON the engine wants to be asked with.
    anything: ['body'],
  },
);

const COMMAND = { kind: 'command', command: ['find-page', '--stdio'], pass_env: ['HARBOUR_KEY'], timeout_ms: 5_000, can_index: true };
const MCP = { kind: 'mcp', command: ['page-server'], tool: 'find_pages', arguments: { q: '{{query}}' } };
const MCP_FAR = { kind: 'mcp', url: 'https://harbour.example/mcp', headers: { 'x-harbour': 'north' }, tool: 'find_pages' };

const OPENAI = {
  kind: 'openai',
  base_url: 'http://127.0.0.1:8000/v1',
  model: 'harbour-embed',
  dimensions: 384,
  api_key_env: 'HARBOUR_KEY',
};
const ONNX = { kind: 'onnx', folder: 'models/harbour', max_tokens: 256, query_prefix: 'query: ', passage_prefix: '' };
const RERANKER = { base_url: 'http://127.0.0.1:8001/v1', model: 'harbour-rerank', api_key_env: 'HARBOUR_KEY', timeout_ms: 800 };
const READER = { base_url: 'http://127.0.0.1:8000/v1', model: 'harbour-8b', api_key_env: 'HARBOUR_KEY' };

const SEARCH = {
  ...KNOBS,
  rerank: 'on',
  mode: 'tokenmax',
  collection: 'harbour',
  source_profile: 'brain',
  embedder: 'small',
  embedders: { small: OPENAI, local: ONNX, test: { kind: 'deterministic' } },
  reranker: RERANKER,
  synopsis_model: READER,
  retrievers: { old: HTTP, program: COMMAND, tools: MCP },
  allowed_hosts: ['harbour.example'],
};

const EVALUATION = { capture: true, scrub_pii: false, reader: READER, judge: { ...READER, model: 'judge-70b' }, drift_watch: ['tides/'] };

/** How searches are set up in the config, and the texts that its values are made of. */
export const SEARCH_SETTINGS_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  searchKnobsSchema: fixtureOf(KNOBS, BAD_KNOBS, {
    accepts: [{ token_budget: null }, { recency: 'strong', lexical: 'bm25', fusion: 'rrf' }],
  }),
  searchSettingsSchema: fixtureOf(
    SEARCH,
    {
      ...BAD_KNOBS,
      'a switch where the server stands': { reranker: true },
      'a reranker that nobody can reach': { reranker: { ...RERANKER, base_url: 'harbour' } },
      'a model without a name': { synopsis_model: { ...READER, model: '' } },
      'a reranker without any time': { reranker: { ...RERANKER, timeout_ms: 0 } },
      'an embedder of another kind': { embedders: { small: { kind: 'oracle' } } },
      'vectors without a length': { embedders: { small: { ...OPENAI, dimensions: 0 } } },
      'an encoder without a folder': { embedders: { local: { ...ONNX, folder: '' } } },
      'something more about what knows nothing': { embedders: { test: { kind: 'deterministic', dimensions: 8 } } },
      'a profile of its own': { source_profile: 'attic' },
      'a host without a name': { allowed_hosts: [''] },
    },
    { accepts: [{ mode: 'a mode that there is not' }], optional: Object.keys(SEARCH) },
  ),
  retrieverSettingsSchema: {
    ...HTTP_FIXTURE,
    accepts: [HTTP, COMMAND, MCP, MCP_FAR],
    rejects: {
      ...HTTP_FIXTURE.rejects,
      'a program without a name': { ...COMMAND, command: [] },
      'a variable that no environment has': { ...COMMAND, pass_env: ['HARBOUR KEY'] },
      'a tool at two places': { ...MCP, url: MCP_FAR.url },
      'a tool at no place': { kind: 'mcp', tool: 'find_pages' },
    },
  },
  evalSettingsSchema: fixtureOf(
    EVALUATION,
    {
      'a reader without a model': { reader: { ...READER, model: '' } },
      'a key in place of its name': { judge: { ...READER, api_key_env: 'k-7' } },
    },
    { optional: Object.keys(EVALUATION) },
  ),
  webUrlSchema: {
    accepts: ['http://127.0.0.1:8000/v1', 'https://harbour.example', 'https://harbour.example/@pilot?tide=low'],
    rejects: {
      'an address without a scheme': 'harbour.example/v1',
      'another scheme': 'ftp://harbour.example/tides',
      'a user and a password': 'https://pilot:fog@harbour.example/',
      'a blank': 'https://harbour.example/high tide',
      'a port that there is not': 'http://harbour.example:70000/',
    },
  },
  environmentNameSchema: {
    accepts: ['HARBOUR_KEY', '_key7'],
    rejects: {
      'no name': '',
      'a digit first': '7_SEAS',
      'a dash': 'HARBOUR-KEY',
      'a value': 'HARBOUR_KEY=north',
      'a second line': 'HARBOUR_KEY\n',
    },
  },
};
