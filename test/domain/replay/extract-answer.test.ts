import { describe, expect, test } from 'vitest';
import { extractAnswer, judgeAnswer } from '../../../domain/replay/index.ts';
import type { ReplayBundle } from '../../../schemas/replay-run.ts';
import { fc } from '../../support/fast-check.ts';

const PREFACE = 'Quoted from the playbooks, not written by a language model:';

function bundleOf(...contents: string[]): ReplayBundle {
  const exemplars = contents.map((content, at) => ({ id: `row-${at}`, title: content.split('\n')[0]!, content, generation: 0 }));
  return { exemplars, warnings: [], validation_steps: [] };
}

describe('extractive/1', () => {
  test('quotes the sentences that share most words with the task, in their order, and says what it is', () => {
    const bundle = bundleOf(
      'Open the lock\n\nGulls cry. The bell hangs in the tower. Ring the bell before you open the lock. Locks are wet.',
    );
    expect(extractAnswer('How do I open the lock with the bell?', bundle)).toBe(
      `${PREFACE}\n- The bell hangs in the tower.\n- Ring the bell before you open the lock.\n- Locks are wet.`,
    );
  });

  test('quotes a warning only where there is no exemplar', () => {
    const { exemplars } = bundleOf('Open\n\nThe lock opens at noon.');
    expect(extractAnswer('lock', { exemplars: [], warnings: exemplars, validation_steps: [] })).toBe(
      `${PREFACE}\n- The lock opens at noon.`,
    );
  });

  test('has nothing to say where nothing matches', () => {
    expect(extractAnswer('Who feeds the gulls?', bundleOf('Open\n\nThe lock opens at noon.'))).toBe('');
    expect(extractAnswer('Who?', bundleOf())).toBe('');
  });

  test('whatever it quotes is grounded', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'lock',
        'the lock',
        'LOCK_7',
        'src/gate.rs:4-9',
        '90 s',
        '1,250 ms',
        '“bell”',
        "'tide'",
        '`a b`',
        '(void)',
        '3-5 ms',
        '. ',
        '\n',
        '05:50',
        '38a11d35c',
      ),
      fc.string({ maxLength: 12 }),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const bundle = bundleOf(`Title\n\n${words.join(' ')}`);
        const answer = extractAnswer('lock bell tide gate', bundle);
        const { grounding } = judgeAnswer({ answer, task: 'lock bell tide gate', bundle, grounding: 'fail' });
        expect(grounding.filter(({ grounded }) => !grounded)).toEqual([]);
      }),
    );
  });
});
