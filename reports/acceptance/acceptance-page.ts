import type { AcceptanceReport } from '../../schemas/acceptance-report.ts';
import { formatAmount, formatDuration, formatInstant, formatNumber } from '../shared/format.ts';
import { writePage } from '../shared/page.ts';
import { makeTable, type Table } from '../shared/table.ts';
import { writeTableHtml } from '../shared/table-html.ts';
import type { Verdict } from '../shared/verdict.ts';

/** The report as one HTML file that needs nothing but itself; `name` is that of the page, without its ending. */
export function writeAcceptancePage(report: AcceptanceReport, name: string): string {
  const jsonName = `${name}.json`;
  const { fixture } = report;
  return writePage({
    kind: 'Acceptance',
    subject: `${report.passed} of ${report.total} invariants hold`,
    facts: [formatInstant(report.started_at), `version ${report.code_version}`, `took ${formatDuration(report.duration_ms)}`],
    verdict: verdictOf(report),
    sections: [
      {
        id: 'invariants',
        title: 'The invariants',
        lead: `Each was judged by what the runs left on disk, over ${formatAmount(fixture.records, 'record')} of ${formatAmount(fixture.sources, 'source')} that hold every trap.`,
        body: writeTableHtml(invariantsTable(report, name), jsonName),
      },
    ],
    colophon: `Everything on this page also stands in ${jsonName} beside it.`,
  });
}

/** The table of the page; its name begins with that of the page, because its file lies beside it. */
export function invariantsTable({ invariants }: AcceptanceReport, name: string): Table {
  return makeTable({
    name: `${name}-invariants`,
    caption: 'Invariants in the order of the pipeline',
    whenEmpty: 'Nothing was judged.',
    rows: invariants,
    columns: [
      { name: 'number', title: '#', kind: 'number', value: (row) => row.number },
      { name: 'name', title: 'Invariant', kind: 'prose', value: (row) => row.name },
      { name: 'state', title: 'State', kind: 'state', value: (row) => (row.passed ? 'holds' : 'broken') },
      { name: 'expected', title: 'Expected', kind: 'prose', value: (row) => row.expected },
      { name: 'found', title: 'Found', kind: 'prose', value: (row) => (row.passed ? 'that' : row.found) },
      { name: 'where', title: 'Where', kind: 'prose', value: (row) => row.where.join('; ') },
    ],
  });
}

function verdictOf({ verdict, invariants, passed, total, fixture }: AcceptanceReport): Verdict {
  const isAccepted = verdict === 'accepted';
  const broken = invariants.filter((invariant) => !invariant.passed);
  return {
    tone: isAccepted ? 'accepted' : 'rejected',
    word: isAccepted ? 'Accepted' : 'Refused',
    sentence: isAccepted
      ? `All ${total} invariants hold of the pipeline as it is.`
      : `${formatAmount(total - passed, 'invariant')} of ${total} ${total - passed === 1 ? 'does' : 'do'} not hold: nothing that this pipeline exports may be trusted before that is mended.`,
    reasons: broken.map(({ number, name, expected, found, where }) => ({
      sentence: `${number}. ${name}:`,
      detail: `expected ${expected}, found ${found}${where[0] === undefined ? '' : `, in ${where[0]}`}.`,
    })),
    figures: [
      { label: 'Invariants that hold', value: `${passed} of ${total}` },
      { label: 'Records', value: formatNumber(fixture.records), note: `in ${formatAmount(fixture.files, 'file')}` },
      { label: 'Sources', value: formatNumber(fixture.sources) },
      { label: 'Planted secrets', value: formatNumber(fixture.secrets) },
    ],
    nextSteps: isAccepted ? [] : [{ sentence: 'Keep the runs and look at them.', command: 'lauter distill acceptance --keep' }],
  };
}
