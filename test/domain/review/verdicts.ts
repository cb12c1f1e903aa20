import type { Signals } from '../../../schemas/evidence.ts';
import type { Verdict } from '../../../schemas/verdict.ts';
import type { VerdictWord } from '../../../schemas/vocabulary.ts';

/** An evidence id that consists of one digit. */
export function idOf(digit: string): string {
  return digit.repeat(64);
}

/** What a harbor master or a pilot said of a record. */
export function verdict(by: string, word: VerdictWord, record = 'a', minute = 0): Verdict {
  const recorded_at = `2026-03-02T08:${String(minute).padStart(2, '0')}:00.000Z`;
  return { schema: 'verdict/1', evidence_id: idOf(record), verdict: word, by, recorded_at };
}

/** A source that says nothing but this. */
export function signals(said: Partial<Signals> = {}): Signals {
  return { human: [], judges: [], cancelled: false, truncated: false, proxies: {}, ...said };
}
