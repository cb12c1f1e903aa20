import { COST_ANCHORS, MODEL_TIERS } from './cost-anchors.ts';

/** What a reader of the cost tables has to know beside them, a sentence or two each. */
export function costNotes(): string[] {
  const { cacheHits, modeShare, referenceLoop: loop } = COST_ANCHORS;
  return [
    `Match \`limit\` to the depth that the reading model can use, in chunks: ${MODEL_TIERS.map(depthTold).join(', ')}.`,
    `The choice of a mode moves ${range(modeShare)} of all that an agent spends when prompt caching is good, and more when it is not.`,
    `Cache hits of ${range(cacheHits.hitRate)} make real bills ${range(cacheHits.billed)} of the query tables. Expansion costs about half with a warm cache.`,
    `Reference loop: $${loop.usd} and ${loop.tokens / 1e6}M tokens in ${loop.days} days, ${loop.tokensPerTurn / 1e3}K tokens per turn, ${percent(loop.promptCacheHitRate)} prompt-cache hits.`,
    'The tables count what searches deliver and nothing else: no system prompt, no reasoning, no output. They scale with the number of queries.',
  ];
}

function depthTold(tier: (typeof MODEL_TIERS)[number]): string {
  const [from, to] = COST_ANCHORS.usefulChunks[tier];
  return to === null ? `${tier} ${from}+` : `${tier} ${from}-${to}`;
}

function range([from, to]: readonly [number, number]): string {
  return `${Math.round(from * 100)}-${percent(to)}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
