import { describe, expect, it } from 'vitest';
import { noSignals } from '../../../adapters/sources/drafts.ts';
import type { EvidenceDraft } from '../../../adapters/sources/source-adapter.ts';
import { createRedactor, redactDraft, SECRET_FAMILIES } from '../../../domain/redaction/index.ts';
import { readLabelledTexts } from './fixture.ts';
import { fc } from '../../support/fast-check.ts';

const githubToken = ['ghp', '0123456789abcdefghijABCDEFGHIJ012345'].join('_');

describe('redactDraft', () => {
  it('redacts every field that holds text, with one numbering', () => {
    const { draft, redactions } = redactDraft(dirtyDraft());
    expect(draft.task).toEqual({ id: 'tides-4155552671', key: 'tides/[GITHUB_TOKEN_1]', text: 'Mail [EMAIL_1] the tides.' });
    expect(draft.messages).toEqual([
      { role: 'user', content: 'Mail [EMAIL_1] the tides.', name: '[EMAIL_2]' },
      {
        role: 'assistant',
        content: '',
        tool_calls: [{ id: 'call_1', name: 'send', arguments: '{"to": "[EMAIL_1]", "phone": "[PHONE_1]"}' }],
      },
      { role: 'tool', content: 'sent with [GITHUB_TOKEN_1]', tool_call_id: 'call_1' },
    ]);
    expect(draft.tools).toEqual([{ name: 'send', parameters: { examples: ['[EMAIL_1]', 7, null] } }]);
    expect(draft.artifacts).toEqual([{ kind: 'file', text: 'to: [EMAIL_1]', path: 'mail/[EMAIL_1].txt' }]);
    expect(draft.signals).toEqual({
      ...noSignals(),
      human: [{ by: '[EMAIL_2]', verdict: 'yes' }],
      tests: { passed: false, detail: 'refused [EMAIL_1]' },
      error: 'no answer from [PHONE_1]',
      proxies: { reviewer: '[EMAIL_2]', lint: true, warnings: 4155552671 },
    });
    expect(redactions).toEqual({ email: 10, phone: 1, announced_phone: 1, github_token: 2 });
  });

  it('leaves alone what it must not touch', () => {
    const before = dirtyDraft();
    const { draft } = redactDraft(before);
    expect(draft.signed).toBe(before.signed);
    expect(draft.model).toBe('charts@harbor.example');
    expect(draft.usage).toBe(before.usage);
    expect(before).toEqual(dirtyDraft());
  });

  it('returns the very same draft when it is clean, and shares clean parts when it is not', () => {
    const clean = {
      ...dirtyDraft(),
      task: { id: null, text: 'Read the tides.' },
      messages: [],
      tools: [],
      artifacts: [],
      signals: noSignals(),
    };
    expect(redactDraft(clean)).toEqual({ draft: clean, redactions: {} });
    expect(redactDraft(clean).draft).toBe(clean);
    const half = { ...clean, artifacts: [{ kind: 'answer' as const, text: 'keeper@harbor.example' }] };
    const { draft } = redactDraft(half);
    expect(draft.messages).toBe(half.messages);
    expect(draft.signals).toBe(half.signals);
    expect(draft.task).toBe(half.task);
  });

  it('does not invent a list of tools', () => {
    const { tools: _, ...without } = dirtyDraft();
    expect('tools' in redactDraft(without).draft).toBe(false);
  });
});

describe('the short cuts of redactDraft', () => {
  const labelled = [...readLabelledTexts('secrets'), ...readLabelledTexts('personal-data')].map((row) => row.text);
  const texts = fc.constantFrom('yes', 'label', 'low tide', 'Read the tides.', githubToken, 'pwd=a', ...labelled);

  it('change nothing: every text is what a redactor makes of one after the other', () => {
    fc.assert(
      fc.property(texts, fc.array(texts, { maxLength: 4 }), texts, (task, said, error) => {
        const contents = [...said, task];
        const before = { ...dirtyDraft(), artifacts: [], tools: [], task: { id: task, text: task }, signals: { ...noSignals(), error } };
        const { draft, redactions } = redactDraft({ ...before, messages: contents.map((content) => ({ role: 'user' as const, content })) });
        const redactor = createRedactor();
        expect(draft.task).toEqual({ id: redactor.redact(task, SECRET_FAMILIES), text: redactor.redact(task) });
        expect(draft.messages.map(({ content }) => content)).toEqual(contents.map((content) => redactor.redact(content)));
        expect(draft.signals.error).toBe(redactor.redact(error));
        expect(redactions).toEqual(redactor.counts);
      }),
      { numRuns: 500 },
    );
  });

  it('pass over words without digit and sign only, in which no detector finds anything', () => {
    const words = fc
      .array(fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'), { maxLength: 19 })
      .map((letters) => letters.join(''));
    fc.assert(fc.property(words, (word) => createRedactor().redact(word) === word));
    for (const text of labelled) expect(createRedactor().redact(text) !== text && /^[a-z]{0,19}$/i.test(text)).toBe(false);
  });
});

function dirtyDraft(): EvidenceDraft {
  return {
    signed: { text: 'keeper@harbor.example' },
    branch: '',
    locator: { line: 0 },
    line: 0,
    recordedAt: null,
    task: { id: 'tides-4155552671', key: `tides/${githubToken}`, text: 'Mail keeper@harbor.example the tides.' },
    messages: [
      { role: 'user', content: 'Mail keeper@harbor.example the tides.', name: 'crew@harbor.example' },
      {
        role: 'assistant',
        content: '',
        tool_calls: [{ id: 'call_1', name: 'send', arguments: '{"to": "keeper@harbor.example", "phone": 4155552671}' }],
      },
      { role: 'tool', content: `sent with ${githubToken}`, tool_call_id: 'call_1' },
    ],
    tools: [{ name: 'send', parameters: { examples: ['keeper@harbor.example', 7, null] } }],
    artifacts: [{ kind: 'file', text: 'to: keeper@harbor.example', path: 'mail/keeper@harbor.example.txt' }],
    outcome: { state: 'unknown', value: null, from: 'none' },
    signals: {
      ...noSignals(),
      human: [{ by: 'crew@harbor.example', verdict: 'yes' }],
      tests: { passed: false, detail: 'refused keeper@harbor.example' },
      error: 'no answer from (415) 555-2671',
      proxies: { reviewer: 'crew@harbor.example', lint: true, warnings: 4155552671 },
    },
    model: 'charts@harbor.example',
    provider: null,
    usage: {},
    attempt: null,
    trial: null,
    parent_id: null,
    origin: 'external',
    generation: 0,
  };
}
