const chat = (task: string, question: string, answer: string, more: object = {}): string =>
  JSON.stringify({
    task_id: task,
    created_at: '2026-03-02T08:15:00Z',
    messages: [
      { role: 'user', content: question },
      { role: 'assistant', content: answer },
    ],
    ...more,
  });

/**
 * Two desks of a harbor office, as chat lines. By hand: of the four records of the day desk one is accepted, two were judged by nobody and one by a
 * human and a reward that contradict each other; the night desk has one that nobody judged. So four of five wait for a human.
 */
export const DAY_DESK = `${[
  chat('berth', 'Which berth is free for the ferry?', 'Berth 7 is free from 20:00 on.', { label: 'accepted' }),
  chat('gulls', 'Who feeds the gulls?\nThey are on the roof again.', 'Everybody does, sadly.'),
  chat('fog', 'May the ferry leave in this fog?', 'Not before the horn is mended.', { label: 'accepted', reward: 0 }),
  chat('tides', 'When is \u001b[31mlow\u001b[0m tide?', 'Low tide is at 11:52.'),
].join('\n')}\n`;
export const NIGHT_DESK = `${chat('lamp', 'Is the lamp of the mole lit?', 'It has been lit since dusk.')}\n`;
