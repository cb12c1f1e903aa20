import { describe, expect, test } from 'vitest';
import { turnsOfPair } from '../../../domain/export/index.ts';
import { assistant, call, result, system, user } from './records.ts';

const TASK = 'When is low tide?';
const early = assistant('At 6:40.');
const late = assistant('At 7:10.');

describe('where the conversations begin alike', () => {
  test('the prompt is what comes before the first divergence', () => {
    const opening = [system('Be brief.'), user(TASK)];
    expect(turnsOfPair([...opening, early], [...opening, late], TASK)).toEqual({
      prompt: opening,
      prompt_from: 'shared_prefix',
      chosen: [early],
      rejected: [late],
    });
  });

  test('shared turns of the assistant belong to the prompt', () => {
    const opening = [user(TASK), assistant('Which day?'), user('Today.')];
    expect(turnsOfPair([...opening, early], [...opening, late], TASK)?.prompt).toEqual(opening);
  });

  test('a divergence at a user turn goes back to the turn of the assistant before it', () => {
    const asked = assistant('Which day?');
    const pair = turnsOfPair([user(TASK), asked, user('Today.'), early], [user(TASK), asked, user('Tomorrow.'), late], TASK);
    expect(pair).toEqual({
      prompt: [user(TASK)],
      prompt_from: 'shared_prefix',
      chosen: [asked, user('Today.'), early],
      rejected: [asked, user('Tomorrow.'), late],
    });
  });

  test('a divergence at a tool result goes back to its call', () => {
    const looking = assistant('', call('c1'));
    const pair = turnsOfPair([user(TASK), looking, result('c1', '6:40'), early], [user(TASK), looking, result('c1', 'error'), late], TASK);
    expect(pair?.prompt).toEqual([user(TASK)]);
    expect(pair?.chosen[0]).toEqual(looking);
  });

  test('one conversation is the beginning of the other', () => {
    const pair = turnsOfPair([user(TASK), early, user('Thanks.'), assistant('Welcome.')], [user(TASK), early], TASK);
    expect(pair).toEqual({
      prompt: [user(TASK)],
      prompt_from: 'shared_prefix',
      chosen: [early, user('Thanks.'), assistant('Welcome.')],
      rejected: [early],
    });
  });

  test('trailing user turns are left out', () => {
    const pair = turnsOfPair([user(TASK), early, user('Thanks!')], [user(TASK), late, user('Sure?'), user('Hello?')], TASK);
    expect([pair?.chosen, pair?.rejected]).toEqual([[early], [late]]);
  });

  test('call ids that differ are a divergence', () => {
    const pair = turnsOfPair(
      [user(TASK), assistant('', call('c1')), result('c1')],
      [user(TASK), assistant('', call('c2')), result('c2')],
      TASK,
    );
    expect(pair?.prompt).toEqual([user(TASK)]);
  });
});

describe('where they open differently', () => {
  test('the prompt is the text of the task, behind the system prompt', () => {
    const rules = system('Be brief.');
    expect(turnsOfPair([rules, user('low tide today?'), early], [rules, user('tide??'), late], TASK)).toEqual({
      prompt: [rules, user(TASK)],
      prompt_from: 'task_text',
      chosen: [early],
      rejected: [late],
    });
  });

  test('also where all that they share is the system prompt and a greeting', () => {
    const opening = [system('Be brief.'), assistant('Ahoy!')];
    const pair = turnsOfPair([...opening, user('Tide?'), early], [...opening, user('Low tide?'), late], TASK);
    expect(pair?.prompt).toEqual([system('Be brief.'), user(TASK)]);
    expect(pair?.chosen).toEqual([assistant('Ahoy!'), user('Tide?'), early]);
  });

  test('also where the shared user turn is empty', () => {
    expect(turnsOfPair([user(' '), early], [user(' '), late], TASK)?.prompt_from).toBe('task_text');
  });

  test('there is no pair without a text of the task, or without an answer', () => {
    expect(turnsOfPair([user('Tide?'), early], [user('Low?'), late], ' ')).toBeUndefined();
    expect(turnsOfPair([user('Tide?'), early], [user('Low?')], TASK)).toBeUndefined();
    expect(turnsOfPair([user('Tide?')], [user('Low?'), late], TASK)).toBeUndefined();
  });
});
