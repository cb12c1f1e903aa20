import { refine } from './refine.ts';
import { makeFolder } from './temporary-folder.ts';

function chat(task: string, question: string, answer: string, more: object): string {
  const messages = [
    { role: 'user', content: question },
    { role: 'assistant', content: answer },
  ];
  return JSON.stringify({ id: task, task_id: task, created_at: '2026-03-02T08:15:00Z', model: 'quay-1', messages, ...more });
}

/** Three accepted answers about locks and one that was only partly right. */
const DESK = [
  chat(
    'north-lock',
    'How is the north lock opened at dawn?',
    'Ring the bell as lock-house/bell.md says, wait 90 seconds, then call openGate with LOCK_NORTH_7.\nVerify the water level on both sides.',
    { label: 'accepted' },
  ),
  chat('ferry', 'Which berth is free for the ferry tonight?', 'Berth 7 is free from 20:00 on, says the harbour master.', {
    label: 'accepted',
  }),
  chat('lamp', 'Who lights the lamp of the lock house?', 'The keeper lights it at 17:40 and notes it in lamp/log.csv.', {
    label: 'accepted',
  }),
  chat('south-lock', 'How is the south lock opened at noon?', 'Push the gate by hand until it moves.', { reward: 0.75 }),
];

/** A folder with a workspace `refinery` in it whose export holds the playbooks of the lock keeper. */
export async function makePlaybooks(): Promise<string> {
  const root = makeFolder({ 'traces/desk.jsonl': `${DESK.join('\n')}\n` });
  const { verdict } = await refine(`${root}/refinery`, ['traces'], root);
  if (verdict !== 'accepted') throw new Error(`the playbooks were refused: ${verdict}`);
  return root;
}
