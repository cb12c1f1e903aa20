import type { SearchDetail, SearchIntent } from '../../schemas/vocabulary.ts';
import type { Candidate } from './candidate.ts';
import { orderCandidates, rowId } from './candidate-order.ts';
import type { Emphasis } from './classify-intent.ts';
import { weighNeighbours } from './graph-signals.ts';
import { phraseOf } from './name-lists.ts';
import { ageInDays } from './page-age.ts';
import { boostOf, type SourceBoosts } from './source-boosts.ts';

/** What the signals of a search depend on. */
export interface SignalContext {
  readonly query: string;
  /** Null when a search weighs no intents. */
  readonly intent: SearchIntent | null;
  readonly detail: SearchDetail | null;
  readonly recency: Emphasis;
  readonly salience: Emphasis;
  readonly titleBoost: number;
  /** By what a page counts more whose title or slug is the whole query. */
  readonly exactWeight: number;
  /** Null when no source is boosted. */
  readonly boosts: SourceBoosts | null;
  readonly hasBacklinks: boolean;
  readonly hasGraph: boolean;
  /** The moment that ages are counted from, in ms since 1970. */
  readonly nowMs: number;
}

/** Multipliers of a row by the flag that tells of each; none that is 1. */
export type Multipliers = Readonly<Record<string, number>>;

export interface Signalled {
  /** Best first, each with the flags of what moved it. */
  readonly candidates: Candidate[];
  /** What moved each row, by its id. */
  readonly multipliers: ReadonlyMap<string, Multipliers>;
}

/** Multiplies scores by what is known of pages; then, in the order that gives, by what they have to do with each other. */
export function applySignals(candidates: readonly Candidate[], context: SignalContext): Signalled {
  const phrase = ` ${phraseOf(context.query)} `;
  const multipliers = new Map<string, Multipliers>();
  const weigh = (row: Candidate, factors: Multipliers): Candidate => {
    const moved = Object.entries(factors).filter(([, factor]) => factor !== 1);
    if (moved.length === 0) return row;
    const id = rowId(row);
    multipliers.set(id, { ...multipliers.get(id), ...Object.fromEntries(moved) });
    return {
      ...row,
      score: moved.reduce((score, [, factor]) => score * factor, row.score),
      flags: [...new Set([...row.flags, ...moved.map(([flag]) => flag)])],
    };
  };
  const weighed = orderCandidates(
    candidates.map((row) => weigh(row, { ...pageFactors(row, context), ...nameFactors(row, phrase, context) })),
  );
  if (!context.hasGraph) return { candidates: weighed, multipliers };
  const neighbours = weighNeighbours(weighed);
  return { candidates: orderCandidates(weighed.map((row, at) => weigh(row, neighbours[at]!))), multipliers };
}

const SALIENCE = { off: 0, on: 0.15, strong: 0.3 } as const;
const RECENCY = { off: 0, on: 1, strong: 1.5 } as const;
const RECENT_DAYS = 30;

function pageFactors({ slug, kind, facts }: Candidate, context: SignalContext): Multipliers {
  const age = facts.effective_date === null ? null : ageInDays(facts.effective_date, context.nowMs);
  return {
    source_boost: context.boosts === null || context.detail === 'high' ? 1 : boostOf(slug, context.boosts),
    backlinks: context.hasBacklinks ? 1 + 0.05 * Math.log(1 + facts.backlinks) : 1,
    salience: 1 + SALIENCE[context.salience] * (facts.salience ?? 0),
    recency: age === null ? 1 : 1 + (0.3 * RECENCY[context.recency] * RECENT_DAYS) / (RECENT_DAYS + age),
    timeline: kind === 'timeline' ? timelineFactor(context.intent) : 1,
    superseded: facts.is_superseded ? 0.5 : 1,
  };
}

function timelineFactor(intent: SearchIntent | null): number {
  if (intent === 'temporal') return 1.25;
  return intent === 'event' ? 1.15 : 1;
}

const ALIAS_IN_QUERY = 1.05;

/** `phrase`: the words of the query with a space before, between and after them. */
function nameFactors({ slug, title, facts }: Candidate, phrase: string, { query, titleBoost, exactWeight }: SignalContext): Multipliers {
  const hasName = (name: string): boolean => name !== '' && phrase.includes(` ${name} `);
  const name = phraseOf(title);
  const isExact = (name !== '' && phrase === ` ${name} `) || query.trim().toLowerCase() === slug.toLowerCase();
  return {
    title_match: hasName(name) ? titleBoost : 1,
    exact_match: isExact ? exactWeight : 1,
    alias: facts.aliases.some((alias) => hasName(phraseOf(alias))) ? ALIAS_IN_QUERY : 1,
  };
}
