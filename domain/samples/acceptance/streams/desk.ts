import { tellChat } from '../chat.ts';
import type { Leaks } from '../leaks.ts';
import { layLines } from '../lay.ts';
import { gzipOf } from '../pack.ts';
import { DISPUTED, NO, PARTLY, trap, UNKNOWN, YES, type Stream, type Told } from '../telling.ts';
import { tellAccidents } from './desk-accidents.ts';
import { tellLeakingTalks } from './desk-leaks.ts';

/** The desk of the library: a human labels conversations, or a later check gives a reward. Pairs, ties, tools, copies, and what leaks on the way. */
export function tellDesk(leaks: Leaks): Stream {
  const first = firstDay(leaks);
  const older = [
    copyOf(first[0]!),
    tellChat(
      {
        id: 'o-1',
        task: 'map-room',
        ask: 'Where is the map of the old fen?',
        answer: 'In the map room, drawer 12, under the window.',
        label: 'accepted',
      },
      YES,
    ),
  ];
  const packed = layLines('desk/older.jsonl', older);
  return {
    name: 'desk',
    adapter: 'openai-chat',
    isLabelled: true,
    paths: ['desk/*'],
    files: [
      layLines('desk/2026-05-04.jsonl', [first[0]!, null, ...first.slice(1)], { hasBom: true, lineEnd: '\r\n' }),
      layLines('desk/2026-05-05.jsonl', tellAccidents(leaks), { isOpen: true }),
      { ...packed, path: 'desk/older.jsonl.gz', bytes: gzipOf(packed.bytes) },
    ],
  };
}

/** The record again, with its keys in another order: the same record all the same. */
function copyOf({ value, attempts }: Told): Told {
  const reordered = Object.fromEntries(Object.entries(value).toReversed());
  return { value: reordered, attempts: attempts.map((attempt) => trap({ ...attempt, is_duplicate: true }, 'exact_duplicate')) };
}

function firstDay(leaks: Leaks): Told[] {
  const loan = { task: 'loan-length', ask: 'How long may I keep a book?' };
  const renewal = { task: 'renewal', ask: 'Can I renew a book that somebody waits for?' };
  const fine = { task: 'late-fine', ask: 'What does a late book cost?' };
  const quiet = { task: 'quiet-room', ask: 'May I eat in the quiet room?' };
  const bus = { task: 'book-bus', ask: 'When does the book bus stop at Fen End?' };
  const bus2 = 'The book bus stops at Fen End on Tuesdays at ten. Verify the day on the notice board before you walk there.';
  return [
    tellChat({ ...loan, id: 'd-1', answer: 'Four weeks, and then once more for four weeks.', label: 'accepted' }, YES),
    tellChat({ ...loan, id: 'd-2', answer: 'As long as you like.', label: 'rejected' }, NO),
    copyOf(tellChat({ ...loan, id: 'd-2', answer: 'As long as you like.', label: 'rejected' }, NO)),
    tellChat({ ...renewal, id: 'd-3', answer: 'No: a book with a reservation goes back after four weeks.', reward: 1 }, YES),
    tellChat({ ...renewal, id: 'd-4', answer: 'Perhaps. Ask again at the desk.', reward: 0.5 }, trap(PARTLY, 'partial_at_the_limit')),
    tellChat({ ...renewal, id: 'd-5', answer: 'Yes, twice.', reward: 0.25 }, trap(NO, 'partial_below_the_limit')),
    // Equal in category and value: no pair may be made of these.
    tellChat({ ...fine, id: 'd-6', answer: 'Ten cents a day, at most four euros.', label: 'accepted' }, trap(YES, 'tie')),
    tellChat(
      { ...fine, id: 'd-7', answer: 'Each day costs ten cents, and it never goes beyond four euros.', label: 'accepted' },
      trap(YES, 'tie'),
    ),
    tellChat(
      { ...quiet, id: 'd-8', answer: 'No. Water in a closed bottle is fine.', label: 'accepted' },
      trap(YES, 'different_system_prompt'),
    ),
    tellChat(
      { ...quiet, id: 'd-9', system: 'You answer for the school library.', answer: 'Of course, enjoy your meal!', label: 'rejected' },
      trap(NO, 'different_system_prompt'),
    ),
    tellChat({ ...bus, id: 'd-10', answer: bus2, label: 'accepted' }, trap(YES, 'identical_text')),
    tellChat({ ...bus, id: 'd-11', answer: bus2.replaceAll(' ', '  '), label: 'rejected' }, trap(NO, 'identical_text')),
    ...[0, 1, 2, 3].map((nth) =>
      tellChat(
        { id: `d-12-${nth}`, task: 'find-atlas', ask: 'Where is the big atlas?', answer: `On the atlas table, level ${nth}.`, reward: 1 },
        trap(YES, 'over_pair_limit'),
      ),
    ),
    ...[0, 1, 2, 3].map((nth) =>
      tellChat(
        { id: `d-13-${nth}`, task: 'find-atlas', ask: 'Where is the big atlas?', answer: `Lost since ${1990 + nth}.`, reward: 0 },
        trap(NO, 'over_pair_limit'),
      ),
    ),
    tellChat(
      { id: 'd-14', task: 'opening', ask: 'When do you open on Saturday?', answer: 'At nine, and we close at two.' },
      trap(UNKNOWN, 'unlabelled'),
    ),
    tellChat({ id: 'd-15', task: 'opening-sunday', ask: 'And on Sunday?', answer: 'Closed.', label: 'partial' }, PARTLY),
    tellChat(
      {
        id: 'd-16',
        task: 'card-lost',
        ask: 'I lost my card.',
        answer: 'We block it and give you a new one.',
        label: 'rejected',
        reward: 1,
      },
      trap(DISPUTED, 'human_against_reward'),
    ),
    tellChat(
      {
        id: 'd-17',
        task: 'staff-names',
        ask: 'Who sits at the desk on Friday?',
        answer: "I'm sorry, but I can't help with that.",
        label: 'accepted',
      },
      trap({ ...YES, category: 'rejected' }, 'only_refusal'),
    ),
    tellChat(
      {
        id: 'd-18',
        task: 'echo',
        ask: 'Say which shelf holds the herbals.',
        answer: 'Say which shelf holds the herbals.',
        label: 'accepted',
      },
      trap({ ...YES, category: 'rejected' }, 'equals_prompt'),
    ),
    tellChat(
      { id: 'd-19', task: 'silence', ask: 'Is anybody there?', label: 'accepted' },
      trap({ ...YES, category: 'rejected' }, 'no_output'),
    ),
    ...tellLeakingTalks(leaks),
  ];
}
