import { expect, it } from 'vitest';
import { evidenceEvent } from '../../../../domain/bench/corpus/evidence-event.ts';

const EVIDENCE = {
  id: 'a7',
  recorded_at: '2026-03-02T21:40:00.000Z',
  messages: JSON.stringify([
    { role: 'system', content: 'You run the dome.' },
    { role: 'user', content: 'Open it.' },
    { role: 'assistant', content: '', tool_calls: [{ id: 'c1', name: 'open_dome', arguments: '{"speed":2}' }] },
    { role: 'tool', content: 'open', tool_call_id: 'c1' },
    { role: 'assistant', content: 'The dome is open.' },
    { role: 'user', content: 'Thank you.' },
  ]),
};

it('makes an event of an agent session out of an attempt', () => {
  expect(evidenceEvent(EVIDENCE)).toEqual({
    eventId: 'claude-a7',
    source: 'claude',
    atMs: Date.parse('2026-03-02T21:40:00Z'),
    isProbe: false,
    payload: {
      message_count: 6,
      session_id: 'a7',
      summary_text: 'The dome is open.',
      tool_calls_json: '[{"arguments":"{\\"speed\\":2}","name":"open_dome"}]',
      user_prompts_json: '["Open it.","Thank you."]',
    },
  });
});

it('has no payload when the messages cannot be read', () => {
  expect(evidenceEvent({ ...EVIDENCE, messages: '[' }).payload).toBeUndefined();
});
