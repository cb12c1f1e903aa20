/** `answer_` and what stands around it in one word; `has_answer` is one of these words. */
const MARKED_WORD = /[\w-]*answer_[\w-]*|[\w-]*has_answer[\w-]*/g;

/** Ids of evidence sessions as the dataset makes them, of whichever question. */
const EVIDENCE_ID = /answer_(?:[0-9a-f]{8}(?![0-9A-Za-z])|(?:sharegpt|ultrachat)_)/;

/** The flag of an evidence turn as JSON, or the print of a dictionary, writes it. */
const EVIDENCE_FLAG = /^["']\s*:\s*(?:true|false|1|0)\b/i;

/**
 * A text of a question in which the words of programmers are none of the marks of gold: `answer_text` and `has_answer` become `answer-text` and
 * `has-answer`, which are the same words to every search by words. What may be gold is left for the leak scan to find: ids of this question, ids of the
 * form that the dataset gives evidence sessions, and the flag with its value.
 */
export function neutralizeMarks(text: string, rawIds: ReadonlySet<string>): string {
  // Almost no text has one, and a session is long.
  if (!text.includes('answer_') && !text.includes('has_answer')) return text;
  return text.replace(MARKED_WORD, (word, at: number) => {
    const isFlag = word === 'has_answer' && EVIDENCE_FLAG.test(text.slice(at + word.length, at + word.length + FLAG_CHARS));
    if (isFlag || rawIds.has(word) || EVIDENCE_ID.test(word)) return word;
    return word.replaceAll('has_answer', 'has-answer').replaceAll('answer_', 'answer-');
  });
}

/** Characters behind the flag in which its value stands. */
const FLAG_CHARS = 20;
