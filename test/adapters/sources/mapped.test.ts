import { describe, expect, it } from 'vitest';
import { mapped } from '../../../adapters/sources/mapped.ts';
import type { SourceAdapter } from '../../../adapters/sources/source-adapter.ts';
import { ConfigError } from '../../../domain/shared/errors.ts';
import type { JsonObject, JsonValue } from '../../../domain/shared/json.ts';
import { describeAdapter } from './adapter-contract.ts';
import { evidenceIn } from './evidence-in.ts';
import { fixture, foreignTo, type FixtureFile } from './fixture-files.ts';
import { sampleOf } from './sample-of.ts';

const letters: FixtureFile = {
  ...fixture('mapped', 'letters.jsonl'),
  options: {
    fields: {
      prompt: 'dialogue.0.text',
      response: '/dialogue/1/text',
      id: '/ref/no',
      created_at: 'ref.at',
      model: '/tags/a~1b',
      label: 'verdict?',
      reward: '/score?',
    },
    label_map: { good: 'accepted', poor: 'rejected' },
  },
};
const transcripts: FixtureFile = {
  ...fixture('mapped', 'transcripts.json'),
  options: { layout: 'elements', fields: { messages: 'talk.turns', system: 'talk.setting?', passed: 'ok' } },
};

describeAdapter(chosenByHand('lines'), { samples: [letters], foreign: [] });
describeAdapter(chosenByHand('elements'), { samples: [transcripts], foreign: [] });

describe('mapped', () => {
  const [pure, loud, root] = evidenceIn(chosenByHand('lines'), letters);

  it('is never found by content', () => {
    for (const file of [letters, transcripts, ...foreignTo('mapped')])
      expect(mapped.detect(sampleOf(file.text, file.path))).toBeUndefined();
  });

  it('reads a prompt and a response', () => {
    expect(pure?.messages).toEqual([
      { role: 'user', content: "What does 'lauter' mean?" },
      { role: 'assistant', content: 'Pure, or honest.' },
    ]);
    expect(pure?.task).toEqual({ id: null, text: "What does 'lauter' mean?" });
    expect([pure?.recordedAt, pure?.model]).toEqual(['2025-04-01T08:30:00.000Z', 'desk-2']);
  });

  it('reads labels by the map, and the truth in the order reward, tests, label', () => {
    expect(loud?.signals).toMatchObject({ human: [{ by: 'label', verdict: 'no' }], reward: 0 });
    expect(loud?.outcome).toEqual({ state: 'failure', value: 0, from: 'reward' });
    const [river, lake] = evidenceIn(chosenByHand('elements'), transcripts);
    expect(river?.outcome).toEqual({ state: 'success', value: 1, from: 'tests' });
    expect(lake?.outcome).toEqual({ state: 'failure', value: 0, from: 'tests' });
    expect(lake?.signals.tests).toEqual({ passed: false });
  });

  it('lets optional fields be absent', () => {
    expect(root?.outcome).toEqual({ state: 'unknown', value: null, from: 'none' });
    expect(root?.signals.human).toEqual([]);
  });

  it('reads whole conversations, with a system text in front where there is one', () => {
    const record = { talk: { setting: 'Be brief.', turns: [{ role: 'user', content: 'Name a hill.' }] }, ok: true };
    expect(normalized(record, transcripts.options ?? {})).toMatchObject([
      {
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Name a hill.' },
        ],
      },
    ]);
  });
});

describe('mapped refuses', () => {
  const fields = { prompt: 'ask', response: 'say', label: 'mark?', created_at: 'at?', reward: '/worth?' };

  it.each<[string, JsonValue, string]>([
    ['a path that leads nowhere', { ask: 'Why?' }, 'response at say: expected text, found nothing'],
    ['a field that is null', { ask: null, say: 'So.' }, 'prompt at ask: expected text, found null'],
    ['text that is an object', { ask: {}, say: 'So.' }, 'prompt at ask: expected text, found an object'],
    [
      'a label it does not know',
      { ask: 'Why?', say: 'So.', mark: 'meh' },
      'label at mark?: expected one of accepted, rejected, partial, found "meh"',
    ],
    ['a time that is none', { ask: 'Why?', say: 'So.', at: 'noon' }, 'created_at at at?: expected a time, found "noon"'],
    ['a reward that is text', { ask: 'Why?', say: 'So.', worth: 'much' }, 'reward at /worth?: expected a number, found "much"'],
    ['a record that is no object', 'Why?', 'prompt at ask: expected text, found nothing'],
  ])('%s', (_name, value, detail) => {
    expect(normalized(value, { fields })).toMatchObject([{ refused: 'missing_field', detail }]);
  });

  it('a malformed turn, by its path', () => {
    expect(normalized({ talk: [{ role: 'parrot' }] }, { fields: { messages: 'talk' } })).toMatchObject([
      { refused: 'missing_field', detail: expect.stringContaining('messages at talk[0].role: expected') as string },
    ]);
  });

  it.each<[string, JsonObject]>([
    ['no fields', {}],
    ['neither messages nor prompt and response', { fields: { prompt: 'ask' } }],
    ['both messages and a prompt', { fields: { prompt: 'ask', response: 'say', messages: 'talk' } }],
    ['a path that is empty', { fields: { messages: '?' } }],
    ['a field it does not know', { fields: { messages: 'talk', mood: 'mood' } }],
    ['a label that means nothing', { fields: { messages: 'talk' }, label_map: { good: 'fine' } }],
  ])('options with %s, as a fault of the config', (_name, options) => {
    expect(() => normalized({}, options)).toThrow(ConfigError);
  });
});

/** The adapter as it works once a config has chosen it: every file counts as its own. */
function chosenByHand(layout: 'lines' | 'elements'): SourceAdapter {
  return { ...mapped, detect: () => ({ layout, confidence: 1, reason: 'mapped by the config' }) };
}

function normalized(value: JsonValue, options: JsonObject): readonly unknown[] {
  return mapped.normalize({ value, locator: { line: 0 }, line: 0 }, { path: 'letters.jsonl', options });
}
