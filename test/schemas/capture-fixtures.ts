import { newCapturedRow } from '../support/answered-search.ts';
import { fixtureOf, TIME, type SchemaFixture } from './fixture.ts';

/** Searches that were captured, those that could not be, and what is printed about their removal. */
export const CAPTURE_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  capturedRowSchema: fixtureOf(
    { ...newCapturedRow({ scrub_counts: { phone: 1 }, degraded: ['no_embedder'] }), id: 7, created_at: TIME },
    {
      'another version': { schema_version: 2 },
      'an id before the first': { id: 0 },
      'another tool': { tool_name: 'grep' },
      'half a millisecond': { latency_ms: 0.5 },
      'a limit of nothing': { limit: 0 },
      'a day without an hour': { created_at: '2026-03-02' },
      'a loss that nobody knows': { degraded: ['fog'] },
      'a class that took nothing out': { scrub_counts: { phone: 0 } },
    },
    {
      accepts: [
        { tool_name: 'query', expand_enabled: true, detail: 'high', detail_resolved: 'high' },
        { job_id: 12, subagent_id: 'pilot-2', embedding_column: 'small', cache: 'hit' },
      ],
    },
  ),
  captureFailureSchema: fixtureOf({ ts: TIME, reason: 'scrubber_exception' }, { 'a reason of its own': { reason: 'fog' } }),
  pruneReportSchema: fixtureOf(
    { schema_version: 1, dry_run: true, cutoff: TIME, count: 12 },
    { 'another version': { schema_version: 2 }, 'a count below nothing': { count: -1 } },
  ),
};
