export { REDACTED } from './finding.ts';
export { scrubQuery, type ScrubbedQuery } from './scrub-query.ts';
