import type { EvalComparison, ExpectationOutcome } from '../../../schemas/eval-comparison.ts';
import type { Expectation, Expectations } from '../../../schemas/expectations.ts';
import type { FamilySettings } from '../compare-family.ts';
import type { SuiteComparison } from './compare-suite.ts';
import { observe, type Observation } from './observe.ts';

/** A file of expectations: what it says, where it lies, and the sha256 of its bytes. */
export interface RegisteredExpectations {
  readonly file: Expectations;
  readonly path: string;
  readonly sha256: string;
}

/**
 * What became of each expectation, in every suite and arm that it is about: `held` or `failed` by the observed figure, with its interval beside it, or not
 * testable and why. `*` as a suite is each one that has the metric, as an arm each one. Late is what was registered after the first of the runs, or at a
 * time that cannot be told from it.
 */
export function judgeExpectations(
  { file, path, sha256 }: RegisteredExpectations,
  suites: readonly SuiteComparison[],
  firstRanAtMs: number,
  settings: FamilySettings,
): NonNullable<EvalComparison['expectations']> {
  const isLate = !(Date.parse(file.registered_at) <= firstRanAtMs);
  const outcomes = file.expectations.flatMap((expectation) =>
    placesOf(expectation, suites).map(({ suite, arm, found }): ExpectationOutcome => {
      const head = { expectation, suite, arm, is_late: isLate };
      const observation = found === null ? { reason: `no arms of ${suite} are compared` } : observe(expectation, arm, found, settings);
      return 'reason' in observation
        ? { ...head, state: 'not_testable', reason: observation.reason, observed: null, ci95: null }
        : { ...head, ...judge(expectation, observation) };
    }),
  );
  return { sha256, registered_at: file.registered_at, path, outcomes };
}

interface Place {
  readonly suite: string;
  readonly arm: string;
  readonly found: SuiteComparison | null;
}

const EACH = '*';

function placesOf({ suite, arm, metric }: Expectation, suites: readonly SuiteComparison[]): Place[] {
  const named = suite === EACH ? suites : suites.filter((one) => one.summary.suite === suite);
  const measured = suite === EACH ? named.filter((one) => one.available.includes(metric)) : named;
  const chosen = measured.length > 0 ? measured : named;
  if (chosen.length === 0) return [{ suite, arm, found: null }];
  return chosen.flatMap((found) =>
    (arm === EACH ? found.summary.arms : [arm]).map((name) => ({ suite: found.summary.suite, arm: name, found })),
  );
}

/** What lies further off than this is no rounding of a double. */
const ROUNDING = 1e-9;

function judge(
  { op, low, high }: Expectation,
  { observed, ci95 }: Observation,
): Pick<ExpectationOutcome, 'state' | 'reason' | 'observed' | 'ci95'> {
  const isAbove = op === '<=' || observed >= (low ?? -Infinity) - ROUNDING;
  const isBelow = op === '>=' || observed <= (high ?? Infinity) + ROUNDING;
  return { state: isAbove && isBelow ? 'held' : 'failed', reason: null, observed, ci95 };
}
