import { isBlank, normalizeText } from '../shared/text.ts';
import type { ScoredEvidence } from './scored-evidence.ts';

/** True when the attempt left anything: words of the assistant, a tool call, or an artifact with text. */
export function hasOutput({ messages, artifacts }: Pick<ScoredEvidence, 'messages' | 'artifacts'>): boolean {
  if (artifacts.some((artifact) => !isBlank(artifact.text))) return true;
  return messages.some((message) => message.role === 'assistant' && (!isBlank(message.content) || (message.tool_calls?.length ?? 0) > 0));
}

/** True when all that the assistant gave back is the task's own text. */
export function equalsPrompt({ messages, artifacts, task }: ScoredEvidence): boolean {
  if (messages.some((message) => (message.tool_calls?.length ?? 0) > 0)) return false;
  const said = messages.filter((message) => message.role === 'assistant').map((message) => message.content);
  const outputs = [...said, ...artifacts.map((artifact) => artifact.text)].filter((text) => !isBlank(text));
  // Nearly every answer begins otherwise than its prompt, and normalizing both texts costs more than all other rules together.
  const start = firstWord(task.text);
  if (start === '' || !outputs.every((text) => firstWord(text) === start)) return false;
  const prompt = normalizeText(task.text);
  return outputs.every((text) => normalizeText(text) === prompt);
}

function firstWord(text: string): string {
  return /\S{1,64}/.exec(text)?.[0] ?? '';
}
