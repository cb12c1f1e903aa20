import type { ReviewDecision } from '../../schemas/review-decision.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';

/** What was taken down, what it will change, and the command that makes it count. */
export function tellDecision({ file, appended, unchanged, records, by, outlook, next }: ReviewDecision): string {
  const people = by.map((person) => `${plain(person.by)} (${person.verdicts.toLocaleString('en')})`).join(', ');
  const table = textTable(
    ['records', 'are', 'will be', 'by the rule', 'because'],
    outlook.map((group) => [group.records.toLocaleString('en'), group.category, group.becomes, group.rule, group.when]),
  );
  return [
    `${appended.toLocaleString('en')} verdicts on ${records.toLocaleString('en')} records taken from ${plain(file)}, by ${people}`,
    ...(unchanged === 0 ? [] : [`${unchanged.toLocaleString('en')} were known already`]),
    '',
    table,
    '',
    `\`${next}\` takes them into account.`,
  ].join('\n');
}
