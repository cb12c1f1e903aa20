import type { CandidateOptions, Contender, ScoredRecord } from '../../../domain/export/index.ts';
import type { Message, ToolCall } from '../../../schemas/evidence.ts';

export const OPTIONS: CandidateOptions = { includePartial: false, maxRowChars: 100_000, maxGeneration: 1 };

export const system = (content: string): Message => ({ role: 'system', content });
export const user = (content: string): Message => ({ role: 'user', content });
export const assistant = (content: string, ...calls: readonly ToolCall[]): Message => ({
  role: 'assistant',
  content,
  ...(calls.length === 0 ? {} : { tool_calls: [...calls] }),
});
export const call = (id: string, name = 'tide_table', args = '{}'): ToolCall => ({ id, name, arguments: args });
export const result = (tool_call_id: string, content = '6:40'): Message => ({ role: 'tool', content, tool_call_id });

/** An accepted answer to a question about the tide, with what a test changes about it. */
export function record(changes: Partial<ScoredRecord> = {}): ScoredRecord {
  return {
    id: 'a'.repeat(64),
    source: 'harbour-desk',
    adapter: 'openai-chat',
    task_key: 'openai-chat/tide-1',
    task_text: 'When is low tide?',
    model: 'harbor-chat-2',
    category: 'accepted',
    messages: [user('When is low tide?'), assistant('At 6:40.')],
    tools: undefined,
    artifacts: [],
    signals: { human: [], judges: [], cancelled: false, truncated: false, proxies: {} },
    origin: 'external',
    generation: 0,
    ...changes,
  };
}

/** An attempt at a task as pairs are formed of it; everything a test does not say is the same for all. */
export function contender(evidence_id: string, changes: Partial<Contender> = {}): Contender {
  return {
    evidence_id,
    task_key: 'tide-1',
    cluster: 'tide-1',
    category: 'accepted',
    value: null,
    system_key: 'harbour master',
    answer_key: `answer of ${evidence_id}`,
    ...changes,
  };
}
