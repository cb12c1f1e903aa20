import { formatAmount } from '../../reports/shared/format.ts';
import type { ReleaseDifference, ReleaseVerification } from '../../schemas/release-verification.ts';
import { plain } from '../io.ts';

const SHOWN = 10;

/** What verifying a release came to, for people: the first difference, then the others, then where the repository stands. */
export function tellReleaseVerification(verification: ReleaseVerification): string {
  const { version, run_id, frozen_at, holds, checked, first, differences, warnings } = verification;
  const head = [
    `release ${plain(version)}, run ${plain(run_id)}, frozen ${frozen_at}`,
    `compared ${formatAmount(checked.comparisons, 'thing')} over ${formatAmount(checked.files, 'file')} and ${formatAmount(checked.rows, 'row')}, ${formatAmount(checked.bytes, 'byte')}`,
  ];
  const warned = warnings.map(({ on, expected, found }) => `warning: ${plain(on)}: frozen ${plain(expected)}, now ${plain(found)}`);
  const end = warned.length === 0 ? [] : ['', ...warned];
  if (holds || first === null) return [...head, '', 'everything is as it was frozen', ...end].join('\n');
  const others = differences
    .slice(1, SHOWN + 1)
    .map((other) => `  ${placeOf(other)}: expected ${plain(other.expected)}, found ${plain(other.found)}`);
  const more = differences.length > SHOWN + 1 ? [`  and ${differences.length - SHOWN - 1} more; --json lists all of them`] : [];
  return [
    ...head,
    '',
    `${formatAmount(differences.length, 'thing is', 'things are')} not as frozen; the first is`,
    `  ${placeOf(first)}`,
    `  expected  ${plain(first.expected)}`,
    `  found     ${plain(first.found)}`,
    `  to do     ${plain(first.remedy)}`,
    ...(others.length === 0 ? [] : ['', 'after it', ...others, ...more]),
    ...end,
  ].join('\n');
}

function placeOf({ part, on }: ReleaseDifference): string {
  return `${part.replaceAll('_', ' ')}, ${plain(on)}`;
}
