import { formatNumber, formatUsd } from '../../reports/shared/format.ts';
import type { SearchCosts } from '../../schemas/search-costs.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';

/** The cost tables for people: by query, by month, mode by model, a loop of an agent, pairings, and what to know beside them. */
export function tellCosts(costs: SearchCosts): string {
  const { models, matrix, agent_loop: loop, own, price_table: table } = costs;
  const names = models.map(({ name }) => name);
  const titles = models.map(({ name, input_per_million: price }) => `${plain(name)} (${perMillion(price)})`);
  const amounts = (usd: Readonly<Record<string, number>>, told: (usd: number) => string): string[] => names.map((name) => told(usd[name]!));
  const dated = table.date === null ? '' : ` of ${table.date}`;
  return [
    `What a search costs whoever reads what it finds: chunks x ${costs.tokens_per_chunk} tokens x input price (price table ${plain(table.version)}${dated}).`,
    '',
    'By query:',
    textTable(
      ['Mode', 'Tokens', 'Chunks', ...titles],
      costs.per_query.map((row) => [modeTold(row), formatNumber(row.tokens), String(row.chunks), ...amounts(row.usd, thousandths)]),
    ),
    '',
    'By month:',
    textTable(
      ['Mode', 'Queries', ...titles],
      costs.per_month.map(({ mode, queries, usd }) => [mode, formatNumber(queries), ...amounts(usd, dollars)]),
    ),
    '',
    `Mode x model, ${formatNumber(matrix.queries)} queries a month, what searches deliver alone, no cache${spreadTold(matrix.spread)}:`,
    textTable(
      ['Mode (search tokens)', ...titles],
      matrix.rows.map(({ mode, tokens, usd }) => [`${mode} (${thousands(tokens)})`, ...amounts(usd, dollars)]),
    ),
    '',
    `A loop of an agent, ${loop.turns_per_month} turns a month, ${loop.searches_per_turn} searches a turn, ${perMillion(loop.input_per_million)} effective:`,
    textTable(
      ['Mode', 'Tokens a turn', 'Cost a turn', 'By month', 'Against tokenmax'],
      loop.rows.map((row) => [
        row.mode,
        thousands(row.tokens_per_turn),
        formatUsd(row.usd_per_turn),
        dollars(row.usd_per_month),
        row.against_tokenmax_usd === null ? '' : dollars(row.against_tokenmax_usd),
      ]),
    ),
    '',
    'Pairings, all that the agent spends, as observed and rounded:',
    textTable(
      ['Pairing', 'A turn', 'By month', 'Kind'],
      costs.pairings.map(({ mode, model, usd_per_turn: turn, usd_per_month: month, kind, note }) => [
        `${mode} + ${model}`,
        formatUsd(turn),
        dollars(month),
        `${kind}: ${note}`,
      ]),
    ),
    '',
    `Own cost: about ${formatUsd(own.query_embedding_usd)} to embed a query; ${formatUsd(own.expansion_usd)} to word one anew (${dollars(own.expansion_per_100k_usd)} for 100,000).`,
    ...costs.notes,
  ].join('\n');
}

/** Dollars and whatever cents there are: `$1,200`, `-$78`, `$40.50`. */
export function dollars(usd: number): string {
  return formatUsd(usd, Number.isInteger(usd) ? 0 : 2);
}

/** Dollars to the thousandth at least: `$0.020`. */
export function thousandths(usd: number): string {
  return formatUsd(usd, 3);
}

function modeTold({ mode, token_budget: budget, limit }: SearchCosts['per_query'][number]): string {
  return `${mode} (${budget === null ? 'no cap' : `${thousands(budget)} cap`}, ${limit})`;
}

function thousands(tokens: number): string {
  return `${formatNumber(tokens / 1_000)}K`;
}

function perMillion(usd: number): string {
  return `${dollars(usd)}/M`;
}

function spreadTold(spread: number | null): string {
  return spread === null ? '' : ` (spread ${formatNumber(spread)}x; scales linearly)`;
}
