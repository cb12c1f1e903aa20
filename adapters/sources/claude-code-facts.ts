import { asCount, asString, isObject, type JsonObject } from '../../domain/shared/json.ts';
import { cut, isBlank } from '../../domain/shared/text.ts';
import type { Usage } from '../../schemas/evidence.ts';
import { isSynthetic } from './claude-code-messages.ts';
import type { SessionLine } from './claude-code-lines.ts';
import { contentText } from './drafts.ts';
import { parseTimestamp } from './timestamps.ts';

/**
 * Tokens of a branch, each streamed message counted once with the largest counts its pieces report. `prompt_tokens` is everything the model read:
 * fresh input, input written to the cache and input read from it.
 */
export function usageOf(lines: readonly SessionLine[]): Usage {
  const byMessage = new Map<string | SessionLine, { prompt: number; completion: number }>();
  for (const line of lines) {
    const usage = isObject(line.value.message) ? line.value.message.usage : undefined;
    if (line.kind !== 'assistant' || isSynthetic(line.value) || !isObject(usage)) continue;
    const prompt = (['input_tokens', 'cache_creation_input_tokens', 'cache_read_input_tokens'] as const).reduce(
      (sum, name) => sum + (asCount(usage[name]) ?? 0),
      0,
    );
    const completion = asCount(usage.output_tokens) ?? 0;
    const known = byMessage.get(line.messageId ?? line);
    byMessage.set(line.messageId ?? line, {
      prompt: Math.max(prompt, known?.prompt ?? 0),
      completion: Math.max(completion, known?.completion ?? 0),
    });
  }
  if (byMessage.size === 0) return {};
  const counts = [...byMessage.values()];
  return {
    prompt_tokens: counts.reduce((sum, { prompt }) => sum + prompt, 0),
    completion_tokens: counts.reduce((sum, { completion }) => sum + completion, 0),
  };
}

/** The model of the last turn that a model wrote. */
export function modelOf(lines: readonly SessionLine[]): string | null {
  const models = lines.map(({ value }) => (isObject(value.message) && !isSynthetic(value) ? asString(value.message.model) : undefined));
  return models.findLast((model) => model !== undefined) ?? null;
}

/** The first time that a line of the branch states. */
export function firstTimeOf(lines: readonly SessionLine[]): string | null {
  for (const { value } of lines) {
    const time = parseTimestamp(value.timestamp);
    if (time !== null) return time;
  }
  return null;
}

/** The first thing the user asked for in words of their own; failing that, the first command or summary that stands in the user's name. */
export function requestOf(lines: readonly SessionLine[]): string {
  const texts = lines.filter(({ kind }) => kind === 'user').map(({ value }) => ({ text: textOf(value), isOwn: isOwnWord(value) }));
  const spoken = texts.filter(({ text }) => !isBlank(text));
  return (spoken.find(({ text, isOwn }) => isOwn && !PROGRAM_TAG.test(text)) ?? spoken[0])?.text ?? '';
}

const PROGRAM_TAG = /^\s*<(?:local-command-|bash-|command-name|command-message|task-notification|system-reminder)/;
const INTERRUPTION = '[Request interrupted by user';

function isOwnWord(line: JsonObject): boolean {
  return line.isMeta !== true && line.isCompactSummary !== true && !textOf(line).startsWith(INTERRUPTION);
}

/** How the branch ended, and how often the user broke in. */
interface Ending {
  readonly interruptions: number;
  /** The user broke in and no model turn followed. */
  readonly isCancelled: boolean;
  /** The report of the failed request that the branch ends with. */
  readonly error: string | undefined;
}

/** Reads the ending of a branch: what is followed by another turn of the model did not end it. */
export function endingOf(lines: readonly SessionLine[]): Ending {
  let interruptions = 0;
  let isCancelled = false;
  let error: string | undefined;
  for (const { kind, value } of lines) {
    if (kind === 'assistant' && value.isApiErrorMessage === true) error = cut(textOf(value), MAX_ERROR_CHARS) || 'request failed';
    else if (kind === 'assistant' && !isSynthetic(value)) {
      isCancelled = false;
      error = undefined;
    } else if (kind === 'user' && textOf(value).startsWith(INTERRUPTION)) {
      interruptions += 1;
      isCancelled = true;
    }
  }
  return { interruptions, isCancelled, error };
}

const MAX_ERROR_CHARS = 200;

function textOf(line: JsonObject): string {
  const content = isObject(line.message) ? line.message.content : undefined;
  const words = Array.isArray(content) ? content.filter((block) => !isObject(block) || block.type !== 'tool_result') : content;
  return contentText(words) ?? '';
}
