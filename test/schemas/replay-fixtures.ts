import { fixtureOf, SHA256, TIME, type SchemaFixture } from './fixture.ts';

const entry = { id: SHA256, title: 'Opening the lock', content: 'Ring the bell, then verify the level.', generation: 0 };
const bundle = { exemplars: [entry], warnings: [], validation_steps: ['verify the level.'] };
const gate = { passed: true, reasons: [] };
const grounding = { text: 'lock-house/bell.md', kind: 'path', grounded: true };

/** What replay writes of each of its runs. */
export const REPLAY_FIXTURES: Readonly<Record<string, SchemaFixture>> = {
  bundleEntrySchema: fixtureOf(entry, { 'a negative generation': { generation: -1 } }),
  replayBundleSchema: fixtureOf(bundle, { 'a step that is no text': { validation_steps: [7] } }),
  replayGateSchema: fixtureOf(gate, { 'a word for a truth': { passed: 'yes' } }),
  groundingSchema: fixtureOf(grounding, { 'an unknown kind': { kind: 'rumour' } }),
  replayRunSchema: fixtureOf(
    {
      schema: 'replay_run/1',
      run_id: 'replay-1',
      recorded_at: TIME,
      origin: 'replay',
      generation: 1,
      task: 'How do I open the lock at dawn?',
      task_hash: SHA256,
      retriever: 'jaccard',
      retrieved: [{ id: SHA256, score: 0.5 }],
      bundle,
      bundle_digest: SHA256,
      model: 'keeper-7b',
      escalation_path: [{ model: 'keeper-7b', gate }],
      escalated: false,
      answer: 'Ring the bell as lock-house/bell.md says.',
      gate,
      grounding_mode: 'fail',
      grounding: [grounding],
      usage: { prompt_tokens: 180 },
      durations_ms: { retrieval: 12, model: 2100, gate: 1, total: 2113 },
    },
    {
      'model output that passes for a source': { origin: 'external' },
      'a generation that is not one more than the deepest row of the bundle': { generation: 2 },
      'a time without its day': { recorded_at: '06:40' },
      'a digest that is none': { bundle_digest: 'b' },
    },
  ),
};
