import type { ComparedSuite, Standout } from '../../../schemas/eval-comparison.ts';
import { LONGMEMEVAL_OUTCOMES, LONGMEMEVAL_OUTCOMES_TOLD } from '../../../schemas/vocabulary.ts';
import { showDifference } from '../../shared/bench-values.ts';
import { shortenText } from '../../shared/format.ts';
import type { ReportSection } from '../../shared/sectioned-report.ts';
import { makeTable, type ColumnOf } from '../../shared/table.ts';
import { measured } from '../../shared/measured-columns.ts';
import type { SuiteView } from './suite-view.ts';

const SIGNS_SHOWN = 280;

/** Questions on which an arm stands out, chosen by a rule that is told. */
export function standoutsSection({ suite, standouts, id, name, suffix }: SuiteView): ReportSection {
  type Row = Standout & { readonly arm: string; readonly kind: string };
  const rows = standouts.flatMap(({ arm, wins, losses }): Row[] => [
    ...wins.map((row) => ({ ...row, arm, kind: 'win' })),
    ...losses.map((row) => ({ ...row, arm, kind: 'loss' })),
  ]);
  return {
    id: `${id}standouts`,
    title: `Wins and losses${suffix}`,
    lead: `By rule, not by hand: the margin of an arm on a question is its own ${suite.headline} minus the best of the other arms. Listed are the three largest margins above 0 and the three lowest below it, equal ones by the id of the question; fewer where there are fewer.`,
    table: makeTable<Row>({
      name: `${name}standouts`,
      caption: 'Wins and losses of each arm',
      whenEmpty: 'On no question is one arm above or below all others.',
      rows,
      columns: [
        { name: 'arm', title: 'Arm', kind: 'name', value: (row) => row.arm },
        { name: 'kind', title: 'Kind', kind: 'word', value: (row) => row.kind },
        { name: 'question_id', title: 'Id', kind: 'name', value: (row) => row.question_id },
        {
          name: 'question',
          title: 'Question',
          kind: 'prose',
          audience: 'people',
          value: ({ question }) => (question === null ? null : shortenText(question, SIGNS_SHOWN)),
        },
        { name: 'question', title: 'Question', kind: 'prose', audience: 'programs', value: (row) => row.question },
        ...measured<Row>('score', 'Own', (row) => row.score),
        ...measured<Row>('best_other', 'Best other', (row) => row.best_other),
        { name: 'best_other_arm', title: 'Which', kind: 'name', value: (row) => row.best_other_arm },
        ...measured<Row>('margin', 'Margin', (row) => row.margin, showDifference),
      ],
    }),
  };
}

/** All six outcomes of each arm, also those of nothing, and the questions that were dropped. */
export function outcomesSection({ suite, id, name, suffix }: SuiteView): ReportSection {
  type Row = { readonly outcome: string; readonly meaning: string; readonly counts: Readonly<Record<string, number>> };
  const countsOf = (read: (arm: string) => number | undefined): Row['counts'] =>
    Object.fromEntries(suite.arms.map((arm) => [arm, read(arm) ?? 0]));
  const dropped: Row = {
    outcome: 'dropped',
    meaning: 'Left out because another arm does not have the question.',
    counts: countsOf((arm) => suite.dropped[arm]),
  };
  return {
    id: `${id}outcomes`,
    title: `Outcomes${suffix}`,
    lead: 'Every question of an arm is in one of these, failures included.',
    table: makeTable<Row>({
      name: `${name}outcomes`,
      caption: 'Questions by outcome',
      whenEmpty: 'There is none.',
      rows: [
        ...LONGMEMEVAL_OUTCOMES.map((outcome) => ({
          outcome,
          meaning: LONGMEMEVAL_OUTCOMES_TOLD[outcome],
          counts: countsOf((arm) => suite.outcomes[arm]?.[outcome]),
        })),
        ...(hasDropped(suite) ? [dropped] : []),
      ],
      columns: [
        { name: 'outcome', title: 'Outcome', kind: 'word', value: (row) => row.outcome },
        ...suite.arms.map((arm): ColumnOf<Row> => ({ name: arm, title: arm, kind: 'number', value: ({ counts }) => counts[arm] ?? 0 })),
        { name: 'meaning', title: 'Meaning', kind: 'prose', value: (row) => row.meaning },
      ],
    }),
  };
}

function hasDropped({ dropped }: ComparedSuite): boolean {
  return Object.values(dropped).some((count) => count > 0);
}
