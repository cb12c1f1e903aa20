import type { CostSettings } from '../../schemas/cost-settings.ts';
import type { SearchCosts } from '../../schemas/search-costs.ts';
import { SEARCH_MODES, type SearchMode } from '../../schemas/vocabulary.ts';
import { COST_ANCHORS, MODEL_TIERS } from './cost-anchors.ts';
import { costNotes } from './cost-notes.ts';
import { estimateExpansion, estimateReading } from './estimate-work.ts';
import { nanoUsdOfTokens, usdOf } from './exact-usd.ts';
import { priceOf } from './price-of.ts';

/** What of a mode decides how much is read. */
export type ModeDepths = Readonly<Record<SearchMode, { readonly limit: number; readonly token_budget: number | null }>>;

/**
 * What searches cost whoever reads what they find: `chunks` x 400 tokens x the input price. The prices are those of small, mid and large, or that
 * of `cost.downstream_model` alone; ConfigError when it has none.
 */
export function costTables(settings: CostSettings, depths: ModeDepths): SearchCosts {
  const models = modelsOf(settings);
  const modes = SEARCH_MODES.map((mode) => ({ mode, ...payloadOf(depths[mode]) }));
  const { tokensPerChunk } = COST_ANCHORS;
  const priced = (chunks: number, queries: number): Record<string, number> =>
    Object.fromEntries(
      models.map(({ name, input_per_million: price }) => [name, estimateReading({ tokensPerChunk, chunks, queries }, price)]),
    );
  const matrix = modes.map(({ mode, chunks, tokens }) => ({ mode, tokens, usd: priced(chunks, COST_ANCHORS.matrixQueries) }));
  return {
    price_table: { version: settings.version, date: settings.date ?? null },
    tokens_per_chunk: tokensPerChunk,
    models,
    per_query: modes.map(({ mode, chunks, tokens }) => ({ mode, ...depthOf(depths[mode]), chunks, tokens, usd: priced(chunks, 1) })),
    per_month: modes.flatMap(({ mode, chunks }) =>
      COST_ANCHORS.queriesPerMonth.map((queries) => ({ mode, queries, usd: priced(chunks, queries) })),
    ),
    matrix: { queries: COST_ANCHORS.matrixQueries, spread: spreadOf(matrix.flatMap(({ usd }) => Object.values(usd))), rows: matrix },
    agent_loop: agentLoop(modes, settings, models),
    pairings: COST_ANCHORS.pairings.map(({ mode, model, usdPerTurn, usdPerMonth, kind, note }) => ({
      mode,
      model,
      usd_per_turn: usdPerTurn,
      usd_per_month: usdPerMonth,
      kind,
      note,
    })),
    own: {
      query_embedding_usd: usdOf(COST_ANCHORS.nanoUsdPerQuestion.embedding),
      expansion_usd: estimateExpansion(1),
      expansion_per_100k_usd: estimateExpansion(100_000),
    },
    notes: costNotes(),
  };
}

function modelsOf(settings: CostSettings): SearchCosts['models'] {
  const { downstream_model: downstream } = settings;
  if (downstream !== undefined) return [{ name: downstream, input_per_million: priceOf(settings, downstream).input_per_million }];
  return MODEL_TIERS.map((name) => ({ name, input_per_million: tierPrice(settings, name) }));
}

/** Whoever puts prices of their own in under the names of the sizes sees the tables with them. */
function tierPrice({ prices }: CostSettings, tier: (typeof MODEL_TIERS)[number]): number {
  return (Object.hasOwn(prices, tier) ? prices[tier] : undefined)?.input_per_million ?? COST_ANCHORS.inputPerMillion[tier];
}

/** As many chunks as the mode delivers, and fewer where its budget ends before. */
function payloadOf({ limit, token_budget: budget }: ModeDepths[SearchMode]): { chunks: number; tokens: number } {
  const { tokensPerChunk } = COST_ANCHORS;
  // A budget of 0 leaves the list as it is.
  const chunks = budget === null || budget === 0 ? limit : Math.min(limit, Math.floor(budget / tokensPerChunk));
  return { chunks, tokens: chunks * tokensPerChunk };
}

function depthOf({ limit, token_budget }: ModeDepths[SearchMode]): Pick<ModeDepths[SearchMode], 'limit' | 'token_budget'> {
  return { limit, token_budget };
}

function spreadOf(amounts: readonly number[]): number | null {
  const least = Math.min(...amounts);
  return least === 0 ? null : Math.max(...amounts) / least;
}

/** The difference is that of the whole dollars which the table shows, so that its lines add up. */
function agentLoop(
  modes: readonly { readonly mode: SearchMode; readonly tokens: number }[],
  settings: CostSettings,
  models: SearchCosts['models'],
): SearchCosts['agent_loop'] {
  const { turnsPerMonth, searchesPerTurn, model } = COST_ANCHORS.loop;
  const price = settings.downstream_model === undefined ? tierPrice(settings, model) : models[0]!.input_per_million;
  const rows = modes.toReversed().map(({ mode, tokens }) => {
    const tokensPerTurn = tokens * searchesPerTurn;
    const usdPerTurn = usdOf(nanoUsdOfTokens([{ tokens: tokensPerTurn, usdPerMillion: price }]));
    return { mode, tokens_per_turn: tokensPerTurn, usd_per_turn: usdPerTurn, usd_per_month: Math.round(usdPerTurn * turnsPerMonth) };
  });
  const top = rows.find(({ mode }) => mode === 'tokenmax')!.usd_per_month;
  return {
    turns_per_month: turnsPerMonth,
    searches_per_turn: searchesPerTurn,
    input_per_million: price,
    rows: rows.map((row) => ({ ...row, against_tokenmax_usd: row.mode === 'tokenmax' ? null : row.usd_per_month - top })),
  };
}
