export { analyze, analyzeQuery } from './analyze.ts';
export { fuseRanks, RRF_K } from './fuse-ranks.ts';
export { KeywordIndex } from './keyword-index.ts';
export { CANDIDATE_POOL, SearchableTexts } from './search-texts.ts';
