import { isBlank, normalizeText } from '../shared/text.ts';
import type { ScoredEvidence } from './rules.ts';

/** True when the attempt left anything: words of the assistant, a tool call, or an artifact with text. */
export function hasOutput({ messages, artifacts }: Pick<ScoredEvidence, 'messages' | 'artifacts'>): boolean {
  if (artifacts.some((artifact) => !isBlank(artifact.text))) return true;
  return messages.some((message) => message.role === 'assistant' && (!isBlank(message.content) || (message.tool_calls?.length ?? 0) > 0));
}

/** True when all that the assistant gave back is the task's own text. */
export function equalsPrompt({ messages, artifacts, task }: ScoredEvidence): boolean {
  const prompt = normalizeText(task.text);
  if (prompt === '' || messages.some((message) => (message.tool_calls?.length ?? 0) > 0)) return false;
  const outputs = [...messages.filter((message) => message.role === 'assistant').map((message) => message.content), ...artifacts.map((artifact) => artifact.text)];
  return outputs.filter((text) => !isBlank(text)).every((text) => text.length < prompt.length * 4 + 64 && normalizeText(text) === prompt);
}
