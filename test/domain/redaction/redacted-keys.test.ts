import { expect, test } from 'vitest';
import { redactDraft } from '../../../domain/redaction/index.ts';

const draft = {
  task: { id: null, text: 'Who may enter?' },
  messages: [],
  artifacts: [],
  signals: { proxies: { 'rating of keeper@example.com': 7 } },
  tools: [{ type: 'function', function: { name: 'open', parameters: { properties: { 'keeper@example.com': { type: 'string' } } } } }],
};

test('names of fields lose what texts lose, and say the same of the same', () => {
  const { draft: clean, redactions } = redactDraft(draft);
  expect(clean.signals).toEqual({ proxies: { 'rating of [EMAIL_1]': 7 } });
  expect(clean.tools[0]?.function.parameters.properties).toEqual({ '[EMAIL_1]': { type: 'string' } });
  expect(redactions).toEqual({ email: 2 });
});

test('fields without a finding stay in their order', () => {
  const { draft: clean } = redactDraft({ ...draft, signals: { z: 1, 'a@example.com': 2, b: 'c@example.com' } });
  expect(Object.keys(clean.signals)).toEqual(['z', '[EMAIL_1]', 'b']);
});
