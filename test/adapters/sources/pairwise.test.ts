import { describe, expect, it } from 'vitest';
import { pairwise } from '../../../adapters/sources/pairwise.ts';
import { scoreEvidence } from '../../../domain/score/index.ts';
import type { JsonValue } from '../../../domain/shared/json.ts';
import { describeAdapter } from './adapter-contract.ts';
import { evidenceIn } from './evidence-in.ts';
import { fixture, foreignTo } from './fixture-files.ts';
import { sampleOf } from './sample-of.ts';

// Field names and words for the winner as on the cards of lmsys/chatbot_arena_conversations, lmsys/mt_bench_human_judgments,
// lmsys/lmsys-arena-human-preference-55k and lmarena-ai/arena-human-preference-140k.
const arena = fixture('pairwise', 'arena.jsonl');
const questions = fixture('pairwise', 'questions.jsonl');
const panel = fixture('pairwise', 'panel.json');
const columns = fixture('pairwise', 'columns.jsonl');

describeAdapter(pairwise, { samples: [arena, questions, panel, columns], foreign: foreignTo('pairwise') });

type Piece = ReturnType<typeof evidenceIn>[number];
const categories = (drafts: readonly Piece[]): string[] => drafts.map((draft) => scoreEvidence(draft, { partialMin: 0.5 }).category);
const verdicts = ({ signals }: Piece): string[] => signals.human.map(({ verdict }) => verdict);

describe('pairwise, battles of the arena', () => {
  const drafts = evidenceIn(pairwise, arena);

  it('makes an attempt at one task of each answer, the winner first told yes', () => {
    const [winner, loser] = drafts;
    expect(winner).toMatchObject({ branch: 'a', model: 'harbour-7b', outcome: { state: 'success', value: 1, from: 'human' } });
    expect(loser).toMatchObject({ branch: 'b', model: 'quay-13b', outcome: { state: 'failure', value: 0, from: 'human' } });
    expect(winner?.signals.human).toEqual([{ by: 'arena_user_12', verdict: 'yes' }]);
    expect(loser?.signals.human).toEqual([{ by: 'arena_user_12', verdict: 'no' }]);
    expect(winner?.task).toEqual(loser?.task);
    expect(winner?.task.text).toBe('How do I splice a rope?');
    expect(winner?.messages[1]).toEqual({ role: 'assistant', content: 'Unlay the strands, then tuck each one over and under.' });
    // 1,682,351,591.1322 seconds after 1970-01-01.
    expect(winner?.recordedAt).toBe('2023-04-24T15:53:11.132Z');
  });

  it('hears nothing good in a tie, and something bad where both are', () => {
    expect(drafts.map(({ outcome }) => outcome.value)).toEqual([1, 0, null, null, 0, 0, 0, 1]);
    expect(drafts[2]?.signals).toMatchObject({ human: [], judges: [], proxies: { ties: 1 } });
    expect(categories(drafts)).toEqual([
      'accepted',
      'rejected',
      'needs_human_review',
      'needs_human_review',
      'rejected',
      'rejected',
      'rejected',
      'accepted',
    ]);
  });

  it('is read line by line', () => {
    expect(pairwise.detect(sampleOf(arena.text, arena.path))).toMatchObject({ layout: 'lines' });
  });
});

describe('pairwise, one vote a row', () => {
  const drafts = evidenceIn(pairwise, questions);
  const [first, second] = drafts;

  it('reads the file as a whole', () => {
    expect(pairwise.detect(sampleOf(questions.text, questions.path))).toMatchObject({ layout: 'session' });
    const repeated = `${arena.text}${arena.text.split('\n')[0]!.replace('arena_user_12', 'arena_user_40')}\n`;
    expect(pairwise.detect(sampleOf(repeated, 'arena.jsonl'))).toMatchObject({ layout: 'session' });
  });

  it('puts the votes on one pair together, signed by all of their rows', () => {
    // Lines 0 and 1; 2 and 3; 4 and 5; 6 and 7.
    expect(drafts.map(({ locator }) => locator.line)).toEqual([0, 0, 2, 2, 4, 4, 6, 6]);
    expect(first?.signals.human).toEqual([
      { by: 'expert_4', verdict: 'yes' },
      { by: 'author_2', verdict: 'yes' },
    ]);
    const rows = questions.text.split('\n').slice(0, 2);
    expect(first?.signed).toEqual(rows.map((row) => JSON.parse(row) as JsonValue));
    expect(second?.signed).toEqual(first?.signed);
    expect([first?.branch, second?.branch]).toEqual(['a', 'b']);
  });

  it('keeps what was judged: the first turn, or both', () => {
    expect(first?.messages.map(({ content }) => content)).toEqual(['Describe the lighthouse.', 'White, tall, and lit since dawn.']);
    expect(drafts[2]?.messages).toHaveLength(4);
    expect(drafts[2]?.task.key).not.toBe(first?.task.key);
    expect(drafts[4]?.task.key).toBe(first?.task.key);
  });

  it('sees that raters disagree, also when one saw the answers in the other order', () => {
    expect([verdicts(drafts[2]!), verdicts(drafts[3]!)]).toEqual([
      ['yes', 'no'],
      ['no', 'yes'],
    ]);
    expect(drafts[2]?.outcome).toEqual({ state: 'unknown', value: null, from: 'none' });
    expect(categories(drafts.slice(2, 4))).toEqual(['needs_human_review', 'needs_human_review']);
  });

  it('takes a model among the raters for a judge', () => {
    expect(drafts[5]?.signals).toMatchObject({ human: [], judges: [{ by: 'gpt4_pair', verdict: 'yes' }], proxies: { ties: 1 } });
    expect(categories(drafts.slice(4, 6))).toEqual(['rejected', 'partially_accepted']);
  });

  it('lets a tie take away from the vote of another', () => {
    expect([verdicts(drafts[6]!), verdicts(drafts[7]!)]).toEqual([
      ['partial', 'no'],
      ['partial', 'yes'],
    ]);
    expect(categories(drafts.slice(6))).toEqual(['rejected', 'partially_accepted']);
  });

  it('refuses a row and keeps the others', () => {
    const rows = questions.text.trim().split('\n');
    const value = [...rows.slice(0, 1), '{"winner":"model_a"}', '7'].map((row) => JSON.parse(row) as JsonValue);
    const place = { locator: { line: 0 }, line: 0, lines: [0, 1, 4] };
    const found = pairwise.normalize({ value, ...place }, { path: questions.path, options: {} });
    expect(found).toMatchObject([
      { refused: 'missing_field', line: 1, detail: expect.stringContaining('response_a') as string },
      { refused: 'not_an_object', line: 4 },
      { branch: 'a', line: 0 },
      { branch: 'b', line: 0 },
    ]);
  });
});

describe('pairwise, a panel of raters in one row', () => {
  const drafts = evidenceIn(pairwise, panel);

  it('hears them all', () => {
    expect(drafts[0]).toMatchObject({ model: 'lock-a', recordedAt: '2025-01-05T10:00:00.000Z', task: { id: 'p1' } });
    expect(drafts.map(verdicts)).toEqual([['yes', 'yes'], ['no', 'no'], ['yes', 'no'], ['no', 'yes'], [], [], [], []]);
    expect(categories(drafts)).toEqual([
      'accepted',
      'rejected',
      'needs_human_review',
      'needs_human_review',
      // Two judges agree.
      'rejected',
      'accepted',
      // A human saw no difference, one judge did.
      'partially_accepted',
      'rejected',
    ]);
  });

  it.each<[string, JsonValue, number]>([
    ['a name that the options call a model', ['rater-1'], 1],
    ['all of them', true, 2],
  ])('takes %s for a judge', (_name, modelJudges, count) => {
    const [row] = JSON.parse(panel.text) as JsonValue[];
    const [found] = pairwise.normalize(
      { value: row!, locator: {}, line: 0 },
      { path: 'panel.json', options: { model_judges: modelJudges } },
    );
    expect(found).toMatchObject({ signals: { judges: { length: count }, human: { length: 2 - count } } });
  });
});

describe('pairwise, the winner in columns', () => {
  it('reads several turns written as text', () => {
    const [ferryman, people, fog] = evidenceIn(pairwise, columns);
    expect(ferryman?.messages.map(({ role, content }) => `${role}: ${content}`)).toEqual([
      'user: Who rows?',
      'assistant: The ferryman.',
      'user: And at night?',
      'assistant: His daughter.',
    ]);
    expect(ferryman?.signals.human).toEqual([{ by: 'rater', verdict: 'yes' }]);
    expect(people?.signals.human).toEqual([{ by: 'rater', verdict: 'no' }]);
    expect(fog?.signals.proxies).toEqual({ ties: 1 });
  });
});

describe('pairwise, words for the winner', () => {
  it.each([
    ['a', 1, 0],
    ['Model_B', 0, 1],
    ['response_a', 1, 0],
    ['lock-b', 0, 1],
    ['both_bad', 0, 0],
    ['neither', 0, 0],
    ['tie', null, null],
    ['tie (inconsistent)', null, null],
  ])('%s', (winner, a, b) => {
    const value = { prompt: 'How deep?', response_a: 'Four metres.', response_b: 'Deep.', model_a: 'lock-a', model_b: 'lock-b', winner };
    const drafts = pairwise.normalize({ value, locator: { line: 0 }, line: 0 }, { path: 'x', options: {} });
    expect(drafts).toMatchObject([{ outcome: { value: a } }, { outcome: { value: b } }]);
  });

  const answers = { response_a: 'Four metres.', response_b: 'Deep.' };
  it.each<[string, string, JsonValue]>([
    ['no winner', 'winner', { prompt: 'How deep?', ...answers }],
    ['another winner', 'winner', { prompt: 'How deep?', ...answers, winner: 'the keeper' }],
    ['no votes', 'votes', { prompt: 'How deep?', ...answers, votes: [] }],
    ['a vote for nobody', 'votes[1].choice', { prompt: 'How deep?', ...answers, votes: ['a', { by: 'rater-1' }] }],
    ['no request', 'prompt', { ...answers, winner: 'a' }],
    ['fewer answers than requests', 'response_a', { prompt: ['How deep?', 'And wide?'], ...answers, winner: 'a' }],
    ['a conversation of another kind', 'conversation_b', { conversation_a: [], conversation_b: 'Deep.', winner: 'a' }],
  ])('refuses %s', (_name, where, value) => {
    const drafts = pairwise.normalize({ value, locator: { line: 3 }, line: 3 }, { path: 'x', options: {} });
    expect(drafts).toEqual([{ refused: 'missing_field', detail: expect.stringContaining(where) as string, locator: { line: 3 }, line: 3 }]);
  });
});
