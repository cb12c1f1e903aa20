export { findEntry, GLOSSARY } from './find-entry.ts';
export { glossaryBlock, glossaryOf } from './glossary-of.ts';
export {
  COMPARISON_METRICS,
  CORRECTNESS_METRICS,
  gateMetrics,
  longMemEvalMetrics,
  REPLAY_METRICS,
  SEARCH_STATS_METRICS,
} from './printed-metrics.ts';
export type { GlossarySection, Term } from './section.ts';
