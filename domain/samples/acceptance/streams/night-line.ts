import { tellChat, type Chat } from '../chat.ts';
import { layLines } from '../lay.ts';
import { NO, trap, YES, type Stream, type Told } from '../telling.ts';

/** The answering machine of the library, which says the same things again and again: near copies, and one answer to many questions. */
export function tellNightLine(): Stream {
  const atlas = { name: 'atlas', ask: ATLAS_QUESTION, answer: ATLAS_ANSWER };
  const flood = { name: 'flood', ask: FLOOD_QUESTION, answer: FLOOD_ANSWER };
  return {
    name: 'night-line',
    adapter: 'openai-chat',
    isLabelled: true,
    paths: ['night-line/*'],
    files: [
      layLines('night-line/monday.jsonl', [nearCopy(atlas, 0), nearCopy(flood, 0), ...sameAnswer('monday')]),
      layLines('night-line/tuesday.jsonl', [
        nearCopy(atlas, 1),
        nearCopy(flood, 1),
        nearCopy(atlas, 2),
        nearCopy(flood, 2),
        ...sameAnswer('tuesday'),
      ]),
    ],
  };
}

interface Message {
  readonly name: string;
  readonly ask: string;
  readonly answer: string;
}

/** The nth call with this question, each a task of its own: every twentieth word is another one. */
function nearCopy({ name, ask, answer }: Message, nth: number): Told {
  const chat: Chat = {
    id: `n-${name}-${nth}`,
    task: `${name}-call-${nth}`,
    ask: reword(ask, nth),
    answer: reword(answer, nth),
    label: 'accepted',
  };
  return tellChat(chat, { ...trap(YES, 'near_copy'), near_copies: name });
}

function reword(text: string, nth: number): string {
  const words = text.split(' ');
  return words
    .map((word, at) => (nth > 0 && at % 20 === 3 + 5 * nth ? (OTHER_WORDS[(at + nth) % OTHER_WORDS.length] as string) : word))
    .join(' ');
}

const OTHER_WORDS = ['gladly', 'surely', 'mostly', 'indeed', 'rather', 'quite', 'often'];

/** One answer to several questions: no two of these may stand on two sides of a split. */
function sameAnswer(day: string): Told[] {
  const answer = 'I cannot look that up at night. Leave your number on the slip beside the door and somebody calls you in the morning.';
  return [
    `I called on ${day} because my cellar in the mill lane is wet again and the archive must know how high the fen stood there in other years. Do you?`,
    `Somebody left the tower open on ${day}, pigeons are inside, and my brother says that only the library can tell me who holds the second key.`,
    `The parish wants its chronicle bound before the feast, we brought it to you in spring, and on ${day} nobody could say whether the binder has it.`,
  ].flatMap((ask, nth) => {
    const task = `${day}-question-${nth}`;
    return [
      tellChat({ id: `n-${task}`, task, ask, answer, label: 'accepted' }, trap(YES, 'identical_answer')),
      tellChat({ id: `n-${task}-b`, task, ask, answer: `Yes, on ${day}, as far as I know.`, label: 'rejected' }, NO),
    ];
  });
}

const ATLAS_QUESTION =
  'Good evening, I would like to see the large atlas of the fens that my grandmother always spoke about when we were small, the one with the coloured plates and the long list of drowned villages at the end. Could you tell me whether it is still kept in the reading room, whether I need to ask for it some days before, and whether my two children may turn its pages with me?';
const ATLAS_ANSWER =
  'The large atlas of the fens is kept in the reading room, in the flat cabinet beside the second window. You do not need to ask for it before, but somebody of the house has to open the cabinet and stays within sight while it lies on the table. Your children are welcome. Please wash your hands first, use the paper strips for turning the pages, and ensure that no bag and no bottle stands on the same table as the atlas.';
const FLOOD_QUESTION =
  'Hello, our school class writes about the great flood and somebody told us that the library keeps the diary of the lock keeper, the letters that were found in the mill, and three boxes of photographs which were never sorted. Which of these may we read ourselves, which of them only with a teacher, and how many of us can come on one afternoon without being in the way of other readers?';
const FLOOD_ANSWER =
  'The diary of the lock keeper has been printed, so every one of you may borrow a copy at the desk. The letters from the mill are read in the archive only, with a teacher, six pupils at a time and with pencils instead of pens. The photographs are not sorted and cannot be shown yet. Tuesday and Thursday afternoons are the best time for a class, when the archive is open until six and hardly anybody else is there.';
