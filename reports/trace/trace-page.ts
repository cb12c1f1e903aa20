import type { Trace, TracedRecord } from '../../schemas/trace.ts';
import { formatAmount, shortenDigest } from '../shared/format.ts';
import { markup, nothing, type Markup } from '../shared/markup.ts';
import { writePage, type Section } from '../shared/page.ts';
import { writeTableHtml } from '../shared/table-html.ts';
import type { Verdict } from '../shared/verdict.ts';
import { LINK_LABELS, traceTables } from './trace-tables.ts';

/** A trace as one HTML file that needs nothing but itself; `name` is that of the page, without its ending. */
export function writeTracePage(trace: Trace, name: string): string {
  const jsonName = `${name}.json`;
  const [links, rows] = traceTables(trace, name);
  return writePage({
    kind: 'Trace',
    subject: `${trace.kind === 'pair' ? 'Pair' : 'Record'} ${shortenDigest(trace.id)}`,
    facts: [
      `Run ${trace.run_id}`,
      trace.run_id === trace.latest_run_id ? 'Latest accepted export' : 'Not the latest accepted export',
      trace.id,
    ],
    verdict: verdictOf(trace),
    sections: [
      {
        id: 'links',
        title: 'The chain',
        lead: 'Each link was computed again from what lies on disk now.',
        body: writeTableHtml(links, jsonName),
      },
      ...trace.records.map(recordSection),
      {
        id: 'rows',
        title: 'In the exported sets',
        lead: 'Where it stands, and why it does not stand elsewhere.',
        body: writeTableHtml(rows, jsonName),
      },
    ],
    colophon: `Everything on this page also stands in ${jsonName} beside it. Source text is shown redacted.`,
  });
}

/** Tone and word of each verdict. */
export const TRACE_WORDS = { holds: ['accepted', 'Holds'], broken: ['rejected', 'Broken'], unprovable: ['review', 'Unprovable'] } as const;

/** What a chain comes to, in a sentence. */
export function tellChain({ first, links }: Pick<Trace, 'first' | 'links'>): string {
  if (first === null) return `All ${formatAmount(links.length, 'link')} hold, from the export to the line of the source.`;
  const failing = links.filter(({ state }) => state !== 'holds');
  return `${formatAmount(failing.length, 'link')} of ${links.length} cannot be shown to hold; the first is the ${LINK_LABELS[first.link]}.`;
}

function verdictOf({ verdict, first, links, records }: Trace): Verdict {
  const [tone, word] = TRACE_WORDS[verdict];
  const failing = links.filter(({ state }) => state !== 'holds');
  return {
    tone,
    word,
    sentence: tellChain({ first, links }),
    reasons: failing.map(({ link, path, expected, found, remedy }) => ({
      sentence: `${LINK_LABELS[link]}, ${path}:`,
      detail: `expected ${expected}, found ${found}. ${remedy}`,
    })),
    figures: [
      { label: 'Links', value: String(links.length) },
      { label: 'Not holding', value: String(failing.length) },
      ...records.map(({ role, scored }) => ({
        label: role === 'record' ? 'Category' : `Category, ${role}`,
        value: scored?.category ?? 'no score',
      })),
    ],
    nextSteps: first === null ? [] : [{ sentence: 'Mend it, then make anew what is missing.', command: 'lauter distill run-all' }],
  };
}

function recordSection(record: TracedRecord): Section {
  const { role } = record;
  const lead =
    record.source_row.from === 'source'
      ? 'The source row was read again; every secret in it is replaced.'
      : 'The source row cannot be shown as it was; this is what the evidence keeps of it.';
  return { id: role, title: role === 'record' ? 'The record' : `The ${role} record`, lead, body: writeRecord(record) };
}

/** A record: what it is, where it comes from, and the text of its source row. */
export function writeRecord(record: TracedRecord): Markup {
  const { evidence_id, adapter, source, task, provenance, source_line, scored, shard_file, source_row } = record;
  const { locator } = provenance;
  const place = [`line ${source_line}`, locator.pointer, locator.member].filter((part) => part !== undefined && part !== '').join(', ');
  const facts: [string, string][] = [
    ['Evidence', evidence_id],
    ['Task', task.key],
    ['Scored', scored === null ? 'no score' : `${scored.category}, by ${scored.rule} (${scored.scorer_version})`],
    ...(scored?.reasons ?? []).map(({ reason, value }): [string, string] => [`… ${reason}`, value]),
    ['Lake file', shard_file],
    ['Source', `${source} (${adapter})`],
    ['Source file', `${provenance.source_file}, ${place}`],
    ['sig_hash', provenance.sig_hash],
  ];
  return markup`${writeFacts(facts)}<p><code style="white-space:pre-wrap;overflow-wrap:anywhere">${source_row.text}${source_row.is_cut ? markup` …` : nothing}</code></p>
`;
}

function writeFacts(facts: readonly (readonly [string, string])[]): Markup {
  return markup`<div class="table"><table><tbody>
${facts.map(
  ([name, value]) => markup`<tr><th scope="row" class="word">${name}</th><td class="path">${value}</td></tr>
`,
)}</tbody></table></div>
`;
}
