const SYSTEM = { role: 'system', content: 'You help the harbor office of Tidewater.' };

function chat(task: string, question: string, answer: string, more: object): string {
  return JSON.stringify({
    task_id: task,
    created_at: '2026-03-02T08:15:00Z',
    model: 'quay-1',
    messages: [SYSTEM, { role: 'user', content: question }, { role: 'assistant', content: answer }],
    ...more,
  });
}

const ACCEPTED = chat('berth-7', 'Which berth is free for the ferry tonight?', 'Berth 7 is free from 20:00 on.', {
  id: 'desk-1',
  label: 'accepted',
});

/**
 * One morning at the desk of a harbor office, as chat lines. By hand: six lines, of which one is cut in the middle and one is the first one
 * again, so four records; one accepted, one partly (0.75), one rejected, one that nobody judged. The two answers about berth 7 make one pair.
 */
export const HARBOR_TRACES = `${[
  ACCEPTED,
  chat('berth-7', 'Which berth is free for the ferry tonight?', 'No berth is free.', { id: 'desk-2', label: 'rejected' }),
  chat('tides', '=HYPERLINK("tides") says \u001b[31mlow\u001b[0m tide at noon?', 'Low tide is at 11:52.', { id: 'desk-3', reward: 0.75 }),
  chat('gulls', 'Who feeds the gulls?', 'Everybody, sadly.', { id: 'desk-4' }),
  ACCEPTED,
  '{"id": "desk-5", "messages": [{"role": "user", "content": "Is the lighthou',
].join('\n')}\n`;
