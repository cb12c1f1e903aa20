import { z } from 'zod';
import { panelSettingsSchema } from './panel-settings.ts';
import { searchKnobsSchema } from './search-knobs.ts';
import { servedModelSchema } from './served-model.ts';
import { environmentNameSchema as environmentName, webUrlSchema as url } from './web-url.ts';

const timeoutMs = z.number().int().min(1).max(600_000);

/** What makes vectors of texts. */
const embedderSettingsSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('deterministic').describe('Unit vectors from a hash of the text: for tests, it knows nothing of meaning.'),
  }),
  z.strictObject({
    kind: z.literal('openai').describe('Any server with the embeddings call of OpenAI.'),
    base_url: url,
    model: z.string().min(1),
    dimensions: z.number().int().min(1).max(65_536),
    api_key_env: environmentName.optional(),
    batch_size: z.number().int().min(1).max(2_048).default(64),
  }),
  z.strictObject({
    kind: z.literal('onnx').describe('A sentence encoder on this machine, from a folder with its model and tokenizer.'),
    folder: z.string().min(1).describe('Holds model.onnx and tokenizer.json.'),
    max_tokens: z.number().int().min(8).max(8_192).default(256),
    query_prefix: z.string().default(''),
    passage_prefix: z.string().default(''),
  }),
]);

/** What orders passages anew. */
const rerankerSettingsSchema = z
  .strictObject({
    base_url: url.describe('Server with a /rerank call: {model, query, documents} to {results[{index, relevance_score}]}.'),
    model: z.string().min(1).describe('Name that the server knows its model by.'),
    api_key_env: environmentName.optional().describe('Environment variable whose value is sent as a bearer token.'),
    timeout_ms: timeoutMs.optional().describe('Time for one call, in milliseconds; the knob rerank_timeout_ms counts before it.'),
  })
  .describe('What orders passages anew.');

const jsonPath = z.string().startsWith('$', 'expected a JSONPath, which begins with $');
const headers = z
  .record(
    z
      .string()
      .regex(/^[\w!#$%&'*+.^`|~-]+$/, 'expected the name of a header')
      .refine(
        (name) => !/^(?:host|connection|content-length|transfer-encoding)$/i.test(name),
        'expected another header than those of the connection',
      ),
    z.string().regex(/^[\t\x20-\x7e]*$/, 'expected text that a header can hold'),
  )
  .default({})
  .describe('Sent along with every request. Keys belong into the environment, see api_key_env.');
const bearerKey = environmentName.optional().describe('Its value is sent as a bearer token.');
const programWords = z.array(z.string().min(1)).min(1);
const passedVariables = z
  .array(environmentName)
  .default([])
  .describe('Variables of the environment that the program gets beside PATH, HOME and the like.');

/** Where the fields of a result stand, as JSONPaths inside it. What is left out is not known of this engine. */
const resultPaths = {
  results: jsonPath.default('$.results[*]').describe('JSONPath of the results, best first.'),
  slug: jsonPath.default('$.slug').describe('JSONPath of the id inside a result.'),
  source_id: jsonPath.optional(),
  chunk_id: jsonPath.optional(),
  title: jsonPath.optional(),
  text: jsonPath.optional(),
  score: jsonPath.optional(),
};

/** A search engine that is not ours. */
export const retrieverSettingsSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('http'),
      url: url.describe('With GET, {{query}} and the like are filled into the values of its query string.'),
      method: z.enum(['GET', 'POST']).default('POST'),
      headers,
      api_key_env: bearerKey,
      body: z
        .unknown()
        .optional()
        .describe('JSON in which {{query}}, {{limit}}, {{collection}}, {{source}} and {{strategy}} are filled in.'),
      ...resultPaths,
      timeout_ms: timeoutMs.default(30_000),
      index: z
        .strictObject({
          url,
          method: z.enum(['POST', 'PUT']).default('POST'),
          body: z.unknown().optional().describe('JSON in which {{collection}} and {{pages}} are filled in.'),
          timeout_ms: timeoutMs.default(600_000),
        })
        .optional()
        .describe('Where a collection of given pages is made.'),
    })
    .refine(({ method, body }) => method === 'POST' || body === undefined, { path: ['body'], error: 'expected no body with GET' }),
  z.strictObject({
    kind: z.literal('command'),
    command: programWords.describe('Program and arguments; started once, one JSON request a line in, one answer a line out.'),
    pass_env: passedVariables,
    timeout_ms: timeoutMs.default(30_000),
    can_index: z.boolean().default(false).describe('Whether it also answers `index`.'),
  }),
  z
    .strictObject({
      kind: z.literal('mcp'),
      command: programWords.optional().describe('Server that speaks over its standard streams.'),
      pass_env: passedVariables,
      url: url.optional().describe('Server that speaks streamable HTTP.'),
      headers,
      api_key_env: bearerKey,
      tool: z.string().min(1),
      arguments: z.record(z.string(), z.unknown()).default({ query: '{{query}}', limit: '{{limit}}' }),
      ...resultPaths,
      timeout_ms: timeoutMs.default(30_000),
    })
    .refine(({ command, url: address }) => (command === undefined) !== (address === undefined), {
      error: 'expected either command or url',
    }),
]);

/** How collections are searched. Part of the config file under `search`. */
export const searchSettingsSchema = z
  .strictObject({
    ...searchKnobsSchema.partial().shape,
    rerank: z
      .enum(['on', 'off'])
      .optional()
      .describe(
        'Whether the reranker is used: the knob `reranker`, whose own name stands for the server here. What the mode says when left out.',
      ),
    mode: z
      .string()
      .default('balanced')
      .describe('Bundle of knobs: conservative, balanced or tokenmax. Another name counts as balanced, and is told.'),
    collection: z.string().optional().describe('The collection that evaluations use when none is named.'),
    source_profile: z
      .enum(['plain', 'brain'])
      .default('plain')
      .describe('plain: no slug is preferred. brain: curated folders before bulk.'),
    embedder: z.string().default('none').describe('Name of an entry of `embedders`, or none.'),
    embedders: z.record(z.string(), embedderSettingsSchema).default({}).describe('What makes vectors of texts, by name.'),
    ann_threshold: z
      .number()
      .int()
      .min(0)
      .max(10_000_000)
      .default(10_000)
      .describe('Vectors of a collection above which a graph of neighbours (HNSW) is searched; up to it all are compared, which is exact.'),
    reranker: rerankerSettingsSchema.optional(),
    expansion_model: servedModelSchema
      .optional()
      .describe('The OpenAI-compatible model that words queries anew where the knob expansion is on.'),
    synopsis_model: servedModelSchema
      .optional()
      .describe(
        'The OpenAI-compatible model that says what each page is about, for collections that are indexed with `contextual` synopsis.',
      ),
    retrievers: z.record(z.string(), retrieverSettingsSchema).default({}).describe('Search engines of others, by name, for --retriever.'),
    allowed_hosts: z.array(z.string().min(1)).default([]).describe('Hosts beside the loopback that queries and pages may be sent to.'),
  })
  .meta({ title: 'Search', description: 'How collections are searched.' });

/** How searches are captured and evaluated. Part of the config file under `eval`. */
export const evalSettingsSchema = z
  .strictObject({
    capture: z.boolean().optional().describe('Whether searches are kept for replay; LAUTER_CONTRIBUTOR_MODE=1 decides when left out.'),
    scrub_pii: z.boolean().default(true).describe('Whether personal data and secrets are taken out of what is captured.'),
    reader: servedModelSchema.optional().describe('The OpenAI-compatible model that answers questions from what was found.'),
    judge: servedModelSchema.optional().describe('The OpenAI-compatible model that judges answers.'),
    panel: panelSettingsSchema.prefault({}).describe('Who judges answers in a panel, and by what.'),
    drift_watch: z
      .array(z.string().min(1))
      .optional()
      .describe(
        'Files whose change makes evaluations stale, from the root of the repository; one with a slash at the end is a folder. That of Lauter itself in a clone of it.',
      ),
  })
  .meta({ title: 'Evaluation', description: 'How searches are captured and evaluated.' });

export type SearchSettings = z.infer<typeof searchSettingsSchema>;
export type EvalSettings = z.infer<typeof evalSettingsSchema>;
export type EmbedderSettings = z.infer<typeof embedderSettingsSchema>;
export type RetrieverSettings = z.infer<typeof retrieverSettingsSchema>;
export type RerankerSettings = z.infer<typeof rerankerSettingsSchema>;
