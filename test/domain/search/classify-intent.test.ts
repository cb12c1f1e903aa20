import { describe, expect, test } from 'vitest';
import { classifyIntent } from '../../../domain/search/index.ts';

const classify = (query: string, isName = false) => classifyIntent(query, isName);

describe('intents', () => {
  test.each([
    ['Catch me up on the harbour', 'full_context'],
    ['remind me of the pilot', 'full_context'],
    ['everything about the orchard', 'full_context'],
    ['everything on cider', 'full_context'],
    ['When does the ferry leave', 'temporal'],
    ['  when is high tide ', 'temporal'],
    ['I wonder when was the pier built', 'temporal'],
    ['what year did the press arrive', 'temporal'],
    ['how long ago did the pier burn', 'temporal'],
    ['timeline of the dredging', 'temporal'],
    ['since when do pilots strike', 'temporal'],
    ['what happened at the harbour', 'event'],
    ['who announced the new ferry', 'event'],
    ['the announcement of the cider press', 'event'],
    ['who raised the funding round', 'event'],
    ['Why do apples rot', 'concept'],
    ['how to graft', 'concept'],
    ['explain neap tides', 'concept'],
    ['difference between ebb and flood', 'concept'],
    ['who is the harbour master', 'entity'],
    ['tell me about Kotor', 'entity'],
    ['ferries and pilots', 'general'],
    ['whenever it rains', 'general'],
    ['however it rains', 'general'],
    ['praised ciders', 'general'],
    ['', 'general'],
  ])('%j is %s', (query, intent) => {
    expect(classify(query).intent).toBe(intent);
  });

  test('the first kind that matches decides', () => {
    expect(classify('when was the ferry launched').intent).toBe('temporal');
    expect(classify('how was the pier raised').intent).toBe('event');
    expect(classify('remind me about when the ferry was launched').intent).toBe('full_context');
    expect(classify('who is going to explain the tides').intent).toBe('concept');
  });

  test('a query that is a name as a whole asks for an entity, unless its words ask for something else', () => {
    expect(classify('Kotor', true).intent).toBe('entity');
    expect(classify('Timeline of the dredging', true).intent).toBe('temporal');
  });

  test('detail and weights are those of the table', () => {
    const told = (query: string) => {
      const { detail, weights } = classify(query);
      return [detail, weights.keyword, weights.vector, weights.exact];
    };
    expect(told('brief me')).toEqual(['high', 1, 1, 1]);
    expect(told('when is high tide')).toEqual(['high', 1, 1, 1]);
    expect(told('what happened')).toEqual(['high', 1.2, 0.95, 1.1]);
    expect(told('why')).toEqual([null, 0.9, 1.2, 1]);
    expect(told('who was the pilot')).toEqual(['low', 1.15, 1, 1.25]);
    expect(told('ferries')).toEqual([null, 1, 1, 1]);
  });

  test.each(['catch me up on acme', 'prep me for the harbour board', 'remind me about the lease', 'before my meeting with the pilot'])(
    'INT-2 %j wants what is recent and salient',
    (query) => {
      expect(classify(query)).toMatchObject({ recency: 'on', salience: 'on' });
    },
  );

  test.each(['latest news on AI', "this week's updates", 'pilots this quarter', 'what did the board say yesterday'])(
    'INT-3 %j wants what is recent alone',
    (query) => {
      expect(classify(query)).toMatchObject({ recency: 'on', salience: 'off' });
    },
  );

  test.each(['what happened today', 'who is X right now', 'is the ferry currently late', 'Just now'])(
    'INT-4 %j wants what is recent strongly',
    (query) => {
      expect(classify(query).recency).toBe('strong');
    },
  );

  test('a question of time or of an event wants nothing recent by itself, nor does a word that only looks like one', () => {
    for (const query of ['when was the pier built', 'what happened in 1910', 'newsletters', 'todays'])
      expect(classify(query)).toMatchObject({ recency: 'off', salience: 'off' });
  });
});
