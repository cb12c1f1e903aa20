import type { SearchDetail, SearchIntent } from '../../schemas/vocabulary.ts';

/** How much each arm counts for an intent, and by what a page counts more that the query names exactly. */
export interface IntentWeights {
  readonly keyword: number;
  readonly vector: number;
  readonly exact: number;
}

export type Emphasis = 'off' | 'on' | 'strong';

/** What a query asks for, and what that suggests. A caller's own word counts for more. */
export interface Intent {
  readonly intent: SearchIntent;
  /** Null where the intent suggests none. */
  readonly detail: SearchDetail | null;
  readonly weights: IntentWeights;
  readonly recency: Emphasis;
  readonly salience: Emphasis;
}

/** Weights that prefer no arm; those of a search without intent weighting. */
export const EQUAL_WEIGHTS: IntentWeights = { keyword: 1, vector: 1, exact: 1 };

interface Rule {
  readonly intent: SearchIntent;
  readonly pattern: RegExp;
  readonly detail: SearchDetail | null;
  readonly weights: IntentWeights;
}

/** Tried in this order; the first that matches decides. */
const RULES: readonly Rule[] = [
  {
    intent: 'full_context',
    pattern: /\b(?:catch me up|prep me|prepare me|brief me|remind me (?:about|of)|before my (?:meeting|call)|everything (?:about|on))\b/i,
    detail: 'high',
    weights: EQUAL_WEIGHTS,
  },
  {
    intent: 'temporal',
    pattern:
      /^when\b|\bwhen (?:did|was|were|is|will)\b|\bwhat (?:date|day|year|month)s?\b|\bhow long (?:ago|since)\b|\bsince when\b|\btimeline of\b/i,
    detail: 'high',
    weights: EQUAL_WEIGHTS,
  },
  {
    intent: 'event',
    pattern: /\b(?:what happened|announce(?:d|ments?)|launched|acquired|raised|funding rounds?)\b/i,
    detail: 'high',
    weights: { keyword: 1.2, vector: 0.95, exact: 1.1 },
  },
  {
    intent: 'concept',
    pattern: /^(?:why|how)\b|\bexplain|\b(?:difference between|concept of|theory of)\b/i,
    detail: null,
    weights: { keyword: 0.9, vector: 1.2, exact: 1 },
  },
  {
    intent: 'entity',
    pattern: /^(?:who (?:is|was|are)|tell me about)\b/i,
    detail: 'low',
    weights: { keyword: 1.15, vector: 1, exact: 1.25 },
  },
];

const ENTITY = RULES.find(({ intent }) => intent === 'entity')!;
const GENERAL = { intent: 'general', detail: null, weights: EQUAL_WEIGHTS } as const;

const RIGHT_NOW = /\b(?:today|right now|just now|this morning|currently)\b/i;
const OF_LATE = /\b(?:latest|newest|recent|recently|news|updates|yesterday|this (?:week|month|quarter))\b/i;

/** What a query asks for, by its wording. `isName`: the whole of it is a title, an alias or a slug. */
export function classifyIntent(query: string, isName: boolean): Intent {
  const text = query.trim().replace(/\s+/g, ' ');
  const { intent, detail, weights } = RULES.find(({ pattern }) => pattern.test(text)) ?? (isName ? ENTITY : GENERAL);
  return { intent, detail, weights, recency: suggestRecency(text, intent), salience: intent === 'full_context' ? 'on' : 'off' };
}

function suggestRecency(text: string, intent: SearchIntent): Emphasis {
  if (RIGHT_NOW.test(text)) return 'strong';
  return OF_LATE.test(text) || intent === 'full_context' ? 'on' : 'off';
}
