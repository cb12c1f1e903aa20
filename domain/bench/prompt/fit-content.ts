/** Code points of an event that a prompt shows; it leaves room for the rest of the prompt and an answer in a window of 8,192 tokens. */
export const MAX_CONTENT_CHARS = 20_000;

/** The text, or its two ends with a note of how much was left out between them: beginning and end tell most of what happened. */
export function fitContent(text: string): string {
  // Most are shorter in code units already, which needs no counting.
  if (text.length <= MAX_CONTENT_CHARS) return text;
  const chars = [...text];
  const left = chars.length - MAX_CONTENT_CHARS;
  if (left <= 0) return text;
  const half = MAX_CONTENT_CHARS / 2;
  return `${chars.slice(0, half).join('')}\n[${left} characters left out]\n${chars.slice(-half).join('')}`;
}
