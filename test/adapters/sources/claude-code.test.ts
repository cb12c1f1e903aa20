import { describe, expect, it } from 'vitest';
import { claudeCode } from '../../../adapters/sources/claude-code.ts';
import type { JsonObject, JsonValue } from '../../../domain/shared/json.ts';
import { describeAdapter } from './adapter-contract.ts';
import { evidenceIn } from './evidence-in.ts';
import { fixture, foreignTo } from './fixture-files.ts';
import { sampleOf } from './sample-of.ts';

const garden = fixture('claude-code', 'garden-planner.jsonl');
const peas = fixture('claude-code', 'subagents/agent-7ea5.jsonl');
const exported = fixture('claude-code', 'exported.json');
const index = fixture('claude-code', 'sessions-index.json');

describeAdapter(claudeCode, { samples: [garden, peas, exported, index], foreign: foreignTo('claude-code') });

describe('claude-code', () => {
  const drafts = evidenceIn(claudeCode, garden);
  const [tried, interrupted] = drafts;

  it('makes one record of each branch, known by its last line', () => {
    expect(drafts.map(({ branch }) => branch)).toEqual(['g-16', 'g-18']);
  });

  it('signs the lines of the branch, links among them, and leaves the notes beside the chain out', () => {
    const shared = ['g-00', 'g-01', 'g-02', 'g-03', 'g-04', 'g-05', 'g-06', 'g-07', 'g-08', 'g-09', 'g-10'];
    expect(uuids(tried?.signed)).toEqual([...shared, 'g-11', 'g-12', 'g-13', 'g-14', 'g-16']);
    expect(uuids(interrupted?.signed)).toEqual([...shared, 'g-15', 'g-17', 'g-18']);
  });

  it('stands where the first line of the branch stands', () => {
    expect([tried?.line, tried?.locator]).toEqual([4, { line: 4 }]);
  });

  it('joins the pieces of a streamed message, and the results of its parallel calls behind it', () => {
    expect(tried?.messages.slice(0, 5)).toEqual([
      { role: 'user', content: 'Read both bed lists and tell me which bed is free in May.' },
      {
        role: 'assistant',
        content: 'I will read both lists.',
        tool_calls: [
          { id: 'toolu_north', name: 'Read', arguments: '{"limit":20,"path":"north.md"}' },
          { id: 'toolu_south', name: 'Read', arguments: '{"path":"south.md"}' },
        ],
      },
      { role: 'tool', content: 'May: beans', tool_call_id: 'toolu_north' },
      { role: 'tool', content: 'May: nothing\n[image]', tool_call_id: 'toolu_south' },
      { role: 'assistant', content: 'The south bed is free in May.' },
    ]);
    expect(tried?.messages.map(({ role }) => role).slice(5)).toEqual(['user', 'user', 'assistant', 'tool', 'assistant']);
  });

  it('puts results before the words of the same line', () => {
    expect(interrupted?.messages.slice(-3)).toEqual([
      {
        role: 'assistant',
        content: '',
        tool_calls: [{ id: 'toolu_beet', name: 'Edit', arguments: '{"new":"May: beets","path":"south.md"}' }],
      },
      { role: 'tool', content: 'The user declined.', tool_call_id: 'toolu_beet' },
      { role: 'user', content: '[Request interrupted by user for tool use]' },
    ]);
  });

  it('knows no outcome, only that a branch was cut off', () => {
    for (const { outcome } of drafts) expect(outcome).toEqual({ state: 'unknown', value: null, from: 'none' });
    expect(tried?.signals).toMatchObject({ cancelled: false, proxies: { thinking_blocks: 1 } });
    expect(interrupted?.signals).toMatchObject({ cancelled: true, proxies: { thinking_blocks: 1, interruptions: 1 } });
  });

  it('counts the tokens of a streamed message once', () => {
    expect(tried?.usage).toEqual({ prompt_tokens: 4 * 1110, completion_tokens: 61 + 12 + 30 + 14 });
    expect(interrupted?.usage).toEqual({ prompt_tokens: 3 * 1110, completion_tokens: 61 + 12 + 33 });
  });

  it('names task, time and model', () => {
    expect(tried?.task).toEqual({ id: null, text: 'Read both bed lists and tell me which bed is free in May.' });
    expect(tried?.recordedAt).toBe('2026-03-02T09:00:01.000Z');
    expect(tried?.model).toBe('claude-opus-4-5');
  });

  it('ties a sub-agent to the session that sent it out', () => {
    const [search] = evidenceIn(claudeCode, peas);
    expect(search?.parent_id).toBe('c0ffee00-0000-4000-8000-000000000001');
    expect(search?.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'tool', 'assistant']);
    expect(tried?.parent_id).toBeNull();
  });

  it('reads an export without links in the order of its lines', () => {
    const [count, ...more] = evidenceIn(claudeCode, exported);
    expect(more).toEqual([]);
    expect(count?.messages.map(({ content }) => content)).toEqual([
      'Count the apple trees.',
      'Let me look.',
      '12 apples.txt',
      'There are 12.',
    ]);
    expect(count?.locator).toEqual({ pointer: '/loglines/0' });
    expect(count?.signed).toHaveLength(4);
  });

  it('passes over files that belong to it but hold no session', () => {
    expect(claudeCode.detect(sampleOf(index.text, index.path))?.layout).toBe('companion');
    const summary = '{"type":"summary","summary":"Beds and paths","leafUuid":"g-17"}\n';
    expect(claudeCode.detect(sampleOf(summary, 'old.jsonl'))?.layout).toBe('companion');
    expect(claudeCode.detect(sampleOf(summary.repeat(20), 'old.jsonl'))?.layout).toBe('session');
  });
});

describe('claude-code, where the links are not what they should be', () => {
  it('continues the line before one whose parent was never written', () => {
    const [draft, ...more] = session(user('a', null, 'Water the beans.'), assistant('c', 'b', 'm1', 'Watered.'));
    expect(more).toEqual([]);
    expect(draft).toMatchObject({
      messages: [{ content: 'Water the beans.' }, { content: 'Watered.' }],
      signals: { proxies: { bridged_links: 1 } },
    });
  });

  it('takes a first line with a parent elsewhere as a root', () => {
    const [draft] = session(user('b', 'a', 'And the peas?'), assistant('c', 'b', 'm1', 'Also.'));
    expect(draft).toMatchObject({ branch: 'c', signals: { proxies: {} } });
  });

  it('starts anew where a line says that it has no parent', () => {
    const drafts = session(user('a', null, 'Water the beans.'), assistant('b', 'a', 'm1', 'Watered.'), user('c', null, 'Rake the path.'));
    expect(drafts).toMatchObject([{ branch: 'b' }, { branch: 'c', messages: [{ content: 'Rake the path.' }] }]);
  });

  it('keeps sub-agents apart from the session in whose file they stand', () => {
    const side = { isSidechain: true };
    const drafts = session(
      user('a', null, 'Plan the beds.'),
      user('s', null, 'Look up beans.', side),
      assistant('b', 'a', 'm1', 'Planned.'),
      assistant('t', 'lost', 'm2', 'Beans like sun.', side),
    );
    expect(drafts).toMatchObject([
      { branch: 'b', parent_id: null, messages: [{ content: 'Plan the beds.' }, { content: 'Planned.' }] },
      { branch: 't', parent_id: 'garden', messages: [{ content: 'Look up beans.' }, { content: 'Beans like sun.' }] },
    ]);
  });

  it('reads a line that was written twice once', () => {
    const asked = user('a', null, 'Water the beans.');
    const [draft, ...more] = session(asked, { ...asked, forkedFrom: { sessionId: 'spring' } }, assistant('b', 'a', 'm1', 'Watered.'));
    expect(more).toEqual([]);
    expect(draft).toMatchObject({ messages: [{ content: 'Water the beans.' }, { content: 'Watered.' }] });
  });

  it('comes out of a circle', () => {
    const drafts = session(user('a', 'b', 'Round the pond.'), assistant('b', 'a', 'm1', 'And round again.'));
    expect(drafts).toHaveLength(1);
    expect(drafts).toMatchObject([{ messages: [{ role: expect.any(String) as string }, { role: expect.any(String) as string }] }]);
  });

  it('sees a real fork where one call was answered twice', () => {
    const call = assistant('b', 'a', 'm1', [{ type: 'tool_use', id: 'hoe', name: 'Hoe', input: {} }]);
    const drafts = session(
      user('a', null, 'Hoe the path.'),
      call,
      user('c', 'b', [result('hoe', 'broken')]),
      user('d', 'b', [result('hoe', 'done')]),
    );
    expect(drafts).toMatchObject([
      { branch: 'c', messages: [{}, {}, { content: 'broken' }] },
      { branch: 'd', messages: [{}, {}, { content: 'done' }] },
    ]);
  });

  it('sees a real fork where the question was asked anew', () => {
    const drafts = session(user('a', null, 'Water the beans.'), assistant('b', 'a', 'm1', 'Now?'), assistant('c', 'a', 'm2', 'Watered.'));
    expect(drafts).toMatchObject([{ branch: 'b' }, { branch: 'c' }]);
  });
});

describe('claude-code, turns that no model and no person wrote', () => {
  const failed = assistant('b', 'a', 'm0', 'API Error: overloaded', { isApiErrorMessage: true }, '<synthetic>');

  it('reports a failed request as an error, not as an answer', () => {
    const [draft] = session(user('a', null, 'Water the beans.'), failed);
    expect(draft).toMatchObject({
      messages: [{ role: 'user' }],
      signals: { error: 'API Error: overloaded', proxies: { synthetic_turns: 1 } },
      model: null,
      usage: {},
    });
  });

  it('forgets the error when an answer came after all', () => {
    const [draft] = session(user('a', null, 'Water the beans.'), failed, assistant('c', 'b', 'm1', 'Watered.'));
    expect(draft).toMatchObject({ messages: [{ role: 'user' }, { content: 'Watered.' }], model: 'claude-opus-4-5' });
    expect(draft).not.toHaveProperty('signals.error');
  });

  it('forgets an interruption when the work went on', () => {
    const [draft] = session(
      user('a', null, 'Water the beans.'),
      user('b', 'a', [{ type: 'text', text: '[Request interrupted by user]' }]),
      user('c', 'b', 'Gently.'),
      assistant('d', 'c', 'm1', 'Watered gently.'),
    );
    expect(draft).toMatchObject({ signals: { cancelled: false, proxies: { interruptions: 1 } } });
  });

  it('keeps meta lines and summaries as user turns, but looks past them for the task', () => {
    const [draft] = session(
      user('a', null, 'This session continues an earlier one.', { isCompactSummary: true }),
      user('b', 'a', 'Caveat: commands follow.', { isMeta: true }),
      user('c', 'b', '<command-name>/clear</command-name>'),
      user('d', 'c', 'Rake the path.'),
    );
    expect(draft).toMatchObject({ task: { text: 'Rake the path.' } });
    expect(draft).toHaveProperty('messages.length', 4);
  });
});

describe('claude-code refuses', () => {
  it('a session without a turn', () => {
    expect(session({ type: 'summary', summary: 'Nothing yet', leafUuid: 'z' })).toEqual([
      { refused: 'missing_field', detail: 'session: expected a user or assistant line, found none', locator: { line: 10 }, line: 10 },
    ]);
  });

  it('a line that is no object, and reads the others', () => {
    expect(session(42, user('a', null, 'Water the beans.'))).toMatchObject([
      { refused: 'not_an_object', locator: { line: 10 }, line: 10 },
      { branch: 'a', locator: { line: 20 } },
    ]);
  });

  it('the branch of a line whose message is of no known shape, and only that', () => {
    const drafts = session(user('a', null, 'Water the beans.'), assistant('b', 'a', 'm1', 'Watered.'), user('c', 'a', 7));
    expect(drafts).toMatchObject([
      { branch: 'b' },
      { refused: 'missing_field', detail: 'message.content: expected text or blocks, found 7', line: 30, locator: { line: 30 } },
    ]);
  });
});

/** Lines of one session, standing on lines 10, 20, 30 … of their file. */
function session(...lines: JsonValue[]): readonly unknown[] {
  const record = { value: lines, locator: { line: 10 }, line: 10, lines: lines.map((_line, at) => (at + 1) * 10) };
  return claudeCode.normalize(record, { path: 'garden.jsonl', options: {} });
}

function user(uuid: string, parent: string | null, content: JsonValue, more: JsonObject = {}): JsonObject {
  return { type: 'user', uuid, parentUuid: parent, sessionId: 'garden', message: { role: 'user', content }, ...more };
}

function assistant(
  uuid: string,
  parent: string,
  id: string,
  said: JsonValue,
  more: JsonObject = {},
  model = 'claude-opus-4-5',
): JsonObject {
  const content = typeof said === 'string' ? [{ type: 'text', text: said }] : said;
  return { type: 'assistant', uuid, parentUuid: parent, sessionId: 'garden', message: { role: 'assistant', id, model, content }, ...more };
}

function result(id: string, content: string): JsonObject {
  return { type: 'tool_result', tool_use_id: id, content };
}

function uuids(signed: JsonValue | undefined): unknown[] {
  return (signed as JsonObject[]).map((line) => line.uuid);
}
