import { UsageError } from '../../domain/shared/errors.ts';
import { EVAL_SUITES } from '../../schemas/vocabulary.ts';
import type { RunAllOptions } from './run-all-options.ts';

/** UsageError for a suite that is neither built in nor made of data that is named for it, and for data of a suite that nobody asks. */
export function refuseSuites({ suites, dataset = {} }: Pick<RunAllOptions, 'suites' | 'dataset'>): void {
  const unknown = suites.find((suite) => !(EVAL_SUITES as readonly string[]).includes(suite) && !Object.hasOwn(dataset, suite));
  if (unknown !== undefined) {
    throw new UsageError(
      `reading --suites: expected ${EVAL_SUITES.join(', ')}, or a suite with data of its own, found ${JSON.stringify(unknown)}.`,
      `Name its data with --dataset ${unknown}=PATH.`,
      { flag: '--suites', value: unknown },
    );
  }
  const unasked = Object.keys(dataset).find((suite) => !suites.includes(suite));
  if (unasked === undefined) return;
  throw new UsageError(
    `reading --dataset: expected data of a suite that is asked, found ${JSON.stringify(unasked)}.`,
    `Add it: --suites ${[...suites, unasked].join(',')}`,
    { flag: '--dataset', value: unasked },
  );
}
