import { bundleOf } from '../../domain/search/index.ts';
import { costTables } from '../../domain/cost/index.ts';
import { formatNumber } from '../../reports/shared/format.ts';
import { configSchema } from '../../schemas/config.ts';
import type { SearchCosts } from '../../schemas/search-costs.ts';
import { SEARCH_MODES, type SearchMode } from '../../schemas/vocabulary.ts';
import { dollars, thousandths } from '../cost/tell-costs.ts';
import type { Io } from '../io.ts';
import { textTable } from '../text-table.ts';

/** The mode of a new config where nobody says anything else. */
export const USUAL_MODE: SearchMode = 'balanced';

/** How much a search delivers in a new workspace: asked of the person at the terminal, with what each mode costs; the usual one where there is none. */
export async function chooseMode(io: Pick<Io, 'err' | 'choose'>): Promise<SearchMode> {
  if (io.choose === undefined) return USUAL_MODE;
  io.err(tellModes());
  const chosen = await io.choose('How much should a search deliver?', SEARCH_MODES, USUAL_MODE);
  return SEARCH_MODES.find((mode) => mode === chosen) ?? USUAL_MODE;
}

/** A line about a mode that was written, and the commands that compare it and take another one; `place` are flags that lead to the workspace. */
export function tellMode(mode: SearchMode, place: string): string {
  const { chunks } = newTables().per_query.find((row) => row.mode === mode)!;
  const [other, third] = SEARCH_MODES.filter((word) => word !== mode);
  return `${mode}: up to ${chunks} chunks a search; \`lauter config set search.mode ${other}${place}\` (or ${third}) changes it, \`lauter search modes --costs${place}\` compares`;
}

/** What each mode costs a small, a mid and a large model to read. */
function tellModes(): string {
  const { models, per_query: perQuery, matrix, notes } = newTables();
  const rows = perQuery.map((row, at) => [
    row.mode,
    `${row.chunks} chunks, ${formatNumber(row.tokens / 1_000)}K tokens`,
    models.map(({ name }) => thousandths(row.usd[name]!)).join(' / '),
    models.map(({ name }) => dollars(matrix.rows[at]!.usd[name]!)).join(' / '),
  ]);
  const tiers = models.map(({ name, input_per_million: price }) => `${name} ${dollars(price)}/M`).join(', ');
  const header = ['Mode', 'A search delivers', 'To read it, a query', `a month of ${formatNumber(matrix.queries)}`];
  return `${textTable(header, rows)}\nFor models of three sizes (${tiers}). ${notes[0] ?? ''}\n`;
}

function newTables(): SearchCosts {
  const { cost, search } = configSchema.parse({});
  const depths = Object.fromEntries(SEARCH_MODES.map((mode) => [mode, bundleOf(mode, search)]));
  return costTables(cost, depths as Record<SearchMode, ReturnType<typeof bundleOf>>);
}
