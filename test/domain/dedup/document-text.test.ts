import { expect, it } from 'vitest';
import { dedupTextOf } from '../../../domain/dedup/index.ts';

it('the text of a conversation is what user and assistant say and call, without system prompt and results of tools', () => {
  const text = dedupTextOf([
    { role: 'system', content: 'You are the support desk.' },
    { role: 'user', content: 'Where is dock 9?' },
    { role: 'assistant', content: '', tool_calls: [{ id: 'call-1', name: 'find_dock', arguments: '{"dock":9}' }] },
    { role: 'tool', content: 'Pier street', tool_call_id: 'call-1' },
    { role: 'assistant', content: 'At Pier street.' },
  ]);
  expect(text).toBe('Where is dock 9?\n\nfind_dock {"dock":9}\nAt Pier street.');
});
