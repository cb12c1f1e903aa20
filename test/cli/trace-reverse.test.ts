import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { traceReverseSchema, type TraceReverse } from '../../schemas/trace.ts';
import { HARBOR_TRACES } from '../support/harbor-traces.ts';
import { refine } from '../support/refine.ts';
import { runCli, type CliOutcome } from '../support/run-cli.ts';
import { makeFolder, removeFolder } from '../support/temporary-folder.ts';

function turn(uuid: string, parent: string | null, type: 'user' | 'assistant', text: string): string {
  const content = type === 'user' ? text : [{ type: 'text', text }];
  return JSON.stringify({
    type,
    uuid,
    parentUuid: parent,
    sessionId: 's-1',
    timestamp: '2026-03-02T08:00:00Z',
    message: { role: type, content },
  });
}

/** One session that was rewound: line 2 is answered on line 3, and again on line 5; lines 1 and 2 belong to both branches. */
const SESSION = [
  turn('a', null, 'user', 'Plan the night watch.'),
  turn('b', 'a', 'assistant', 'For how many people?'),
  turn('c', 'b', 'user', 'For two.'),
  turn('d', 'c', 'assistant', 'Four hours each.'),
  turn('e', 'b', 'user', 'For four.'),
  turn('f', 'e', 'assistant', 'Two hours each.'),
].join('\n');

const PRETTY = JSON.stringify(
  ['low', 'high'].map((tide) => ({
    reward: 1,
    messages: [
      { role: 'user', content: `When is ${tide} tide?` },
      { role: 'assistant', content: `The ${tide} tide is at noon.` },
    ],
  })),
  null,
  2,
);

let root: string;
beforeAll(async () => {
  root = makeFolder({ 'traces/desk.jsonl': HARBOR_TRACES, 'traces/watch.jsonl': `${SESSION}\n`, 'traces/tides#1.json': PRETTY });
  await refine(join(root, 'refinery'), ['traces'], root);
});
afterAll(() => removeFolder(root));

function ask(place: string, ...more: string[]): Promise<CliOutcome> {
  return runCli(['trace', '--reverse', place, '--workspace', 'refinery', ...more], root);
}

async function answer(place: string): Promise<TraceReverse> {
  const { out, err } = await ask(place, '--json');
  if (out === '') throw new Error(err);
  return traceReverseSchema.parse(JSON.parse(out));
}

describe('a line of a line file', () => {
  test('that was accepted: its score, its rows in every set, and its pair', async () => {
    const result = await answer('traces/desk.jsonl:1');
    expect(result).toMatchObject({ source_file: 'traces/desk.jsonl', line: 1, line_offset: 0, refused: [] });
    expect(result.records).toMatchObject([{ category: 'accepted', rule: 'human', left_out: [] }]);
    expect(result.records[0]!.exports.map(({ set, role }) => [set, role])).toEqual([
      ['rag', 'record'],
      ['sft', 'record'],
      ['preference', 'chosen'],
    ]);
  });

  test('that waits for a human: why each set left it out', async () => {
    const { records } = await answer('traces/desk.jsonl:4');
    expect(records).toMatchObject([{ category: 'needs_human_review', exports: [] }]);
    expect(records[0]!.left_out.map(({ set, reason }) => `${set} ${reason}`)).toEqual([
      'rag needs_human_review',
      'sft needs_human_review',
      'preference needs_human_review',
    ]);
  });

  test('that was read before: the record that stays', async () => {
    const first = await answer('traces/desk.jsonl:1');
    const again = await answer('traces/desk.jsonl:5');
    expect(again.records).toEqual([]);
    expect(again.refused).toMatchObject([{ reason: 'exact_duplicate', evidence_id: first.records[0]!.evidence_id, line_offset: 4 }]);
  });

  test('that is broken: the reason', async () => {
    const { code, out } = await ask('traces/desk.jsonl:6');
    expect(code).toBe(0);
    expect(out).toContain('line 6 (5 counted from 0)');
    expect(out).toContain('refused: broken_json (');
  });

  test('by a path instead of the recorded name', async () => {
    for (const spelled of [join(root, 'traces', 'desk.jsonl'), './traces/desk.jsonl', resolve(root, 'traces/../traces/desk.jsonl')])
      expect((await answer(`${spelled}:2`)).records).toMatchObject([{ category: 'rejected' }]);
  });
});

describe('other layouts', () => {
  test('a line in the middle of an element is the element, whatever signs the name of the file holds', async () => {
    // By hand: the second element begins on line 15 of the file and has its question on line 19.
    const result = await answer('traces/tides#1.json:19');
    expect(result.records).toMatchObject([{ locator: { pointer: '/1' }, line_offset: 14 }]);
    expect(result.matched).toContain('begin on line 15');
  });

  test('a pointer, also one that leads into a record', async () => {
    for (const pointer of ['/1', '/1/messages/0/content'])
      expect((await answer(`traces/tides#1.json#${pointer}`)).records).toMatchObject([{ locator: { pointer: '/1' } }]);
    expect((await answer('traces/tides#1.json#')).records).toHaveLength(2);
  });

  test('a line of a session is every branch that holds it', async () => {
    expect((await answer('traces/watch.jsonl:2')).records).toHaveLength(2);
    const after = await answer('traces/watch.jsonl:5');
    expect(after.records).toHaveLength(1);
    const chain = await runCli(['trace', after.records[0]!.evidence_id, '--workspace', 'refinery'], root);
    expect(chain.code).toBe(0);
    expect(chain.out).toContain('Two hours each.');
    expect(chain.out).not.toContain('Four hours each.');
  });
});

describe('a place where nothing is', () => {
  test.each([
    ['traces/desk.jsonl:7', /found none \(looked for the record on line 7\)/],
    ['traces/desk.jsonl:0', /expected FILE:LINE \(counted from 1\)/],
    ['traces/desk.jsonl', /expected FILE:LINE/],
    ['traces/dusk.jsonl:1', /the nearest is traces\/desk\.jsonl/],
  ])('%s', async (place, message) => {
    const { code, out, err } = await ask(place);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(message);
  });

  test('and questions that do not go together', async () => {
    expect((await ask('traces/desk.jsonl:1', '--html', 'page.html')).code).toBe(2);
    expect((await runCli(['trace', 'abcdef', '--reverse', 'traces/desk.jsonl:1', '--workspace', 'refinery'], root)).code).toBe(2);
  });
});

test('a session that is gone still tells the branches that begin on the line', async () => {
  const folder = makeFolder({ 'traces/watch.jsonl': `${SESSION}\n` });
  try {
    await refine(join(folder, 'refinery'), ['traces'], folder);
    rmSync(join(folder, 'traces', 'watch.jsonl'));
    const { out } = await runCli(['trace', '--reverse', 'traces/watch.jsonl:1', '--workspace', 'refinery', '--json'], folder);
    expect(traceReverseSchema.parse(JSON.parse(out))).toMatchObject({
      records: [{}, {}],
      matched: expect.stringContaining('cannot be read'),
    });
  } finally {
    removeFolder(folder);
  }
});
