import { fixtureOf, TIME, type SchemaFixture } from './fixture.ts';

const PRICE = { input_per_million: 0.13, output_per_million: 0, source: 'the price list of the quay', date: '2026-03-02' };

const COST = {
  version: 'spring',
  date: '2026-03-02',
  source: 'price lists',
  prices: { 'harbour/pilot-4.1': PRICE },
  per_day_usd: 5,
  per_command_usd: { 'eval longmemeval': 0 },
  downstream_model: 'harbour/pilot-4.1',
};

const OF_RUN = { schema: 'budget-row/1', reservation: 'a1', at: TIME, run_id: 'tide-1', nano_usd: 4_000_000 };
const RESERVE = { ...OF_RUN, kind: 'reserve', command: 'eval longmemeval', lane: 'reader', model: 'pilot', price_table: 'spring' };
const SETTLE = { ...OF_RUN, kind: 'settle', input_tokens: 900, output_tokens: null };

const USD = { pilot: 0.012 };

/** What searches cost, of one mode and model. */
export const COSTS = {
  price_table: { version: 'spring', date: null },
  tokens_per_chunk: 400,
  models: [{ name: 'pilot', input_per_million: 3 }],
  per_query: [{ mode: 'conservative', token_budget: 4_000, limit: 10, chunks: 10, tokens: 4_000, usd: USD }],
  per_month: [{ mode: 'conservative', queries: 1_000, usd: USD }],
  matrix: { queries: 10_000, spread: null, rows: [{ mode: 'conservative', tokens: 4_000, usd: USD }] },
  agent_loop: {
    turns_per_month: 860,
    searches_per_turn: 3,
    input_per_million: 3,
    rows: [{ mode: 'balanced', tokens_per_turn: 30_000, usd_per_turn: 0.09, usd_per_month: 77, against_tokenmax_usd: -78 }],
  },
  pairings: [{ mode: 'balanced', model: 'mid', usd_per_turn: 0.5, usd_per_month: 430, kind: 'natural', note: 'the middle' }],
  own: { query_embedding_usd: 0.00001, expansion_usd: 0.0015, expansion_per_100k_usd: 150 },
  notes: ['They scale with the number of queries.'],
};

const SUM = {
  calls: 2,
  estimated_usd: 0.004,
  settled_usd: 0.001,
  open_calls: 1,
  set_aside_usd: 0.004,
  spent_usd: 0.005,
  input_tokens: 900,
  output_tokens: 12,
};
const SUMS = [{ name: 'reader', ...SUM }];

export const COST_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  modelPriceSchema: fixtureOf(
    PRICE,
    {
      'a price below nothing': { input_per_million: -1 },
      'a price without end': { output_per_million: Number.POSITIVE_INFINITY },
      'a day that there is not': { date: '2026-02-30' },
      'a source without a name': { source: '' },
    },
    { accepts: [{ input_per_million: 0 }], optional: ['output_per_million', 'source', 'date'] },
  ),
  costSettingsSchema: fixtureOf(
    COST,
    {
      'a model without a name': { prices: { '': PRICE } },
      'a price that is a number': { prices: { pilot: 3 } },
      'a day below nothing': { per_day_usd: -5 },
      'a command below nothing': { per_command_usd: { 'eval longmemeval': -1 } },
      'a table without a name': { version: '' },
    },
    {
      accepts: [{ per_day_usd: 0 }, { prices: {} }],
      optional: ['version', 'date', 'source', 'prices', 'per_day_usd', 'per_command_usd', 'downstream_model'],
    },
  ),
  budgetRowSchema: fixtureOf(
    RESERVE,
    {
      'half a nano-dollar': { nano_usd: 0.5 },
      'less than nothing': { nano_usd: -1 },
      'a lane that nobody pays': { lane: 'coffee' },
      'another schema': { schema: 'budget-row/2' },
      'a settlement without tokens': { kind: 'settle' },
      'a time that is none': { at: 'at high tide' },
    },
    { accepts: [SETTLE, { ...SETTLE, nano_usd: 0, input_tokens: null }], isOpen: true },
  ),
  budgetSummarySchema: fixtureOf(
    {
      schema_version: 1,
      run_id: null,
      from: '2026-03-02',
      to: '2026-03-08',
      caps: { per_day_usd: 5, per_command_usd: { 'eval longmemeval': 1 } },
      price_table: { version: 'spring', date: null, models: 2 },
      today: { ...SUM, left_usd: 4.995 },
      total: SUM,
      by_day: SUMS,
      by_command: SUMS,
      by_lane: SUMS,
      by_model: SUMS,
      by_run: SUMS,
    },
    {
      'another version': { schema_version: 2 },
      'a day that there is not': { to: '2026-02-30' },
      'half a call': { total: { ...SUM, calls: 0.5 } },
      'less than nothing left': { today: { ...SUM, left_usd: -1 } },
      'a sum of nothing in particular': { by_lane: [SUM] },
    },
  ),
  searchCostsSchema: fixtureOf(COSTS, {
    'no model': { models: [] },
    'a mode that there is not': { per_month: [{ mode: 'lavish', queries: 1, usd: USD }] },
    'a month of half dollars': { agent_loop: { ...COSTS.agent_loop, rows: [{ ...COSTS.agent_loop.rows[0], usd_per_month: 77.4 }] } },
    'a pairing of no kind': { pairings: [{ ...COSTS.pairings[0], kind: 'odd' }] },
  }),
};
