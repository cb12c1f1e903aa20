import { insideFence, parseOr, wordsOf } from './texts.ts';

interface Message {
  readonly role: string;
  readonly content: string;
}

/** The answer of a good model: always the same to the same messages, unless `isVaried`, which drops half of what it would name. */
export function answerChat(messages: readonly Message[], isVaried: boolean, judge: 'attentive' | 'generous' | 'chatty'): string {
  const asked = messages.at(-1)?.content ?? '';
  const event = insideFence(asked, 'EVENT') ?? asked;
  const note = insideFence(asked, 'NOTE');
  if (note !== undefined) return score(event, note, judge);
  return enrich(/^Source: (.*)$/m.exec(asked)?.[1] ?? 'unknown', event, isVaried);
}

const MIN_WORD_CHARS = 5;
const NAMED_WORDS = 8;

function enrich(source: string, event: string, isVaried: boolean): string {
  const words = keyWords(event);
  const named = isVaried ? words.filter((_, index) => index % 2 === 1) : words;
  const fields = parseOr(event, {}) as Record<string, unknown>;
  const summary = `A ${source} event was recorded in which somebody dealt with ${named.join(', ') || 'nothing in particular'}.`;
  if (source !== 'shell') return JSON.stringify({ summary, entities: source === 'claude' ? { topics: named.slice(0, 2) } : {} });
  const tool = String(fields.command ?? '').split(/\s/)[0] ?? '';
  const outcome = typeof fields.exit_code === 'number' ? (fields.exit_code === 0 ? 'success' : 'failure') : 'unknown';
  return JSON.stringify({
    summary,
    intent: 'get the work of the day done',
    outcome,
    entities: { tools: tool === '' ? [] : [tool.slice(0, 40)] },
  });
}

function score(event: string, note: string, judge: 'attentive' | 'generous' | 'chatty'): string {
  if (judge === 'chatty') return 'What a lovely note! I would say it is rather good.';
  if (judge === 'generous') return JSON.stringify({ accuracy: 5, usefulness: 5, ask_suitability: 5 });
  // A note that names a third of what it could have named is about its event.
  const known = keyWords(event);
  const named = new Set(wordsOf(note));
  const isAbout = known.filter((word) => named.has(word)).length * 3 >= known.length;
  return JSON.stringify(isAbout ? { accuracy: 5, usefulness: 4, ask_suitability: 4 } : { accuracy: 1, usefulness: 1, ask_suitability: 1 });
}

/** The first long words of an event. */
function keyWords(event: string): string[] {
  return [...new Set(wordsOf(event).filter((word) => word.length >= MIN_WORD_CHARS))].slice(0, NAMED_WORDS);
}
