import { textsIn } from '../../domain/bench/index.ts';
import type { BenchAttempt } from '../../schemas/bench-attempt.ts';

/** What of an answer is searched: the texts of the object in it, or, where there is none, the answer as it came. */
export function indexedText({ raw_output, parsed_output }: Pick<BenchAttempt, 'raw_output' | 'parsed_output'>): string {
  return parsed_output === null ? (raw_output ?? '') : textsIn(parsed_output).join('\n');
}
