import type { Random } from '../../shared/random.ts';
import type { Change } from '../unified-diff.ts';
import { ISSUE_MODULES, ISSUE_NOUNS, type IssueFacts } from './site-issues.ts';

export function drawIssueFacts(random: Random): IssueFacts {
  return { module: random.pick(ISSUE_MODULES), noun: random.pick(ISSUE_NOUNS), at: random.int(180) + 4, limit: random.int(6) + 4 };
}

/** The lines of a file around a change, numbered as a viewer shows them. */
export function showLines({ at, before, removed, after }: Change, separator: string): string {
  return [...before, ...removed, ...after].map((line, nth) => `${at + nth}${separator}${line}`).join('\n');
}

/** What a test run of the repository prints. */
export function testReport(random: Random, failed: number): string {
  const passed = 90 + random.int(60);
  const seconds = `${random.int(5) + 2}.${random.int(90) + 10}s`;
  return failed === 0 ? `${passed} passed in ${seconds}` : `${failed} failed, ${passed} passed in ${seconds}`;
}
