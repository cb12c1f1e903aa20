import { streamOf } from '../stats/sfc32.ts';

/**
 * The questions that a limit leaves: all of them where it is not below their number, else as many drawn without replacement from the stream
 * `<seed>|<suite>|questions`, in their old order. The mode has no part in it: every arm is asked the same.
 */
export function sampleQuestions<Question>(
  questions: readonly Question[],
  { limit, seed, suite }: { readonly limit: number | null; readonly seed: number; readonly suite: string },
): readonly Question[] {
  if (limit === null || limit >= questions.length) return questions;
  const next = streamOf(`${seed}|${suite}|questions`);
  const places = questions.map((_, place) => place);
  for (let at = 0; at < limit; at += 1) {
    const other = at + Math.floor((next() * (places.length - at)) / 0x1_0000_0000);
    [places[at], places[other]] = [places[other]!, places[at]!];
  }
  return places
    .slice(0, limit)
    .sort((left, right) => left - right)
    .map((place) => questions[place]!);
}
