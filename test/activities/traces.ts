/** A conversation of one line; what is not said is left out. */
export function chat(question: string, answer: string, more: Readonly<Record<string, unknown>> = {}): string {
  const messages = [
    { role: 'user', content: question },
    { role: 'assistant', content: answer },
  ];
  return JSON.stringify({ messages, ...more });
}

export function lines(...records: readonly string[]): string {
  return records.map((record) => `${record}\n`).join('');
}

const LOW = { task_id: 'low-tide', created_at: '2026-03-02T06:00:00Z' };
const MOOR = { task_id: 'moor', created_at: '2026-03-03T06:00:00Z' };

/**
 * Two files of a harbour desk. By hand: 8 records in the first, of which one is broken, one is cut and one was read before; 4 in the second, of
 * which one was read before, in the first file.
 */
export const HARBOUR = {
  'day.jsonl': [
    chat('When is low tide?', 'At 6:40.', { ...LOW, label: 'accepted' }),
    chat('When is low tide?', 'At noon.', { ...LOW, label: 'rejected' }),
    '{"messages":[}',
    chat('When is low tide?', 'At 6:40.', { ...LOW, label: 'accepted' }),
    chat('How do I moor the ferry?', 'Tie two lines.\nCheck the fenders.', { ...MOOR, reward: 1 }),
    chat('How do I moor the ferry?', 'Tie one line.', { ...MOOR, reward: 0.6 }),
    chat('Who has the key of the lock?', 'Write to ines@harbour.example.', { created_at: '2026-03-03T07:00:00Z' }),
    '{"messages":[{"role":"us',
  ].join('\n'),
  'night.jsonl': lines(
    chat('When is low tide?', 'At noon.', { ...LOW, label: 'rejected' }),
    chat('Is the lock open?', '', { label: 'accepted' }),
    chat('Is the lock open?', 'Yes, until ten.', { label: 'accepted' }),
    chat('Is the lock open?', 'It is open until ten.', { label: 'partial' }),
  ),
};
