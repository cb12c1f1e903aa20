export { REDACTED, scrubQuery, type ScrubbedQuery } from './scrub-query.ts';
