import { firstLine, cut } from '../../domain/shared/text.ts';
import type { ExportedRow, LeftOut, Trace, TracedRecord, TraceLink } from '../../schemas/trace.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';

const TASK_CHARS = 160;
const SOURCE_CHARS = 1_500;
const DIGEST_CHARS = 120;

/** A trace for people: the chain from the export to the source, every link with its state, and what to do about the first that does not hold. */
export function tellTrace(trace: Trace): string {
  const head = [`${trace.kind} ${trace.id}`, `run ${trace.run_id}${trace.run_id === trace.latest_run_id ? ', the latest accepted' : ''}`];
  return [...head, ...trace.records.flatMap(tellRecord), '', tellLinks(trace.links), '', tellVerdict(trace)].join('\n');
}

function tellRecord(record: TracedRecord): string[] {
  const { role, evidence_id, exports, left_out, scored, provenance, task, source_row, shard_file } = record;
  const { locator, sig_hash, source_file } = provenance;
  const place = [
    `line ${record.source_line}`,
    ...(locator.pointer === undefined ? [] : [locator.pointer]),
    ...(locator.member === undefined ? [] : [locator.member]),
  ];
  const text = plain(cut(source_row.text, SOURCE_CHARS));
  return [
    '',
    role === 'record' ? 'the record' : `the ${role} one`,
    ...exportLines(exports, left_out),
    `  scored    ${scored === null ? 'no score' : `${scored.category}, by ${plain(scored.rule)} (${scored.scorer_version})`}`,
    ...(scored?.reasons ?? []).map(({ reason, value }) => `            ${plain(reason)} = ${plain(value)}`),
    `  evidence  ${evidence_id}`,
    `            in ${plain(shard_file)}`,
    `  task      ${plain(firstLine(task.text, TASK_CHARS))}  (${plain(task.key)})`,
    `  source    ${plain(source_file)}, ${plain(place.join(', '))}  (line ${provenance.line_offset} counted from 0)`,
    `            sig_hash ${sig_hash}`,
    source_row.from === 'source' ? '  as it stands there, redacted:' : '  as the evidence keeps it, redacted:',
    `    ${text}${source_row.is_cut || text.length < source_row.text.length ? ' …' : ''}`,
  ];
}

/** Rows of the sets, then why there is none in the others. */
export function exportLines(exports: readonly ExportedRow[], leftOut: readonly LeftOut[]): string[] {
  return [
    ...exports.map(({ set, file, line, role, split }) => {
      const side = role === 'record' ? '' : `, ${role}`;
      return `  ${set.padEnd(9)} ${plain(file)}:${line}${side}${split === null ? '' : `, ${split}`}`;
    }),
    ...leftOut.map(({ set, reason, detail }) => `  ${set.padEnd(9)} not in it: ${reason} (${plain(detail)})`),
  ];
}

function tellLinks(links: readonly TraceLink[]): string {
  return textTable(
    ['link', '', 'on'],
    links.map(({ link, state, path }) => [link.replaceAll('_', ' '), state, plain(path)]),
  );
}

function tellVerdict({ verdict, first, links }: Trace): string {
  if (first === null) return `the chain holds: ${links.length} links, from the export to the line of the source`;
  const others = links.filter((link) => link !== first && link.state !== 'holds').length;
  return [
    `${verdict === 'broken' ? 'the chain is broken' : 'the chain cannot be proved'}: ${first.link.replaceAll('_', ' ')}, ${plain(first.path)}${others === 0 ? '' : `, and ${others} more`}`,
    `  expected  ${plain(cut(first.expected, DIGEST_CHARS * 4))}`,
    `  found     ${plain(cut(first.found, DIGEST_CHARS * 4))}`,
    `  to do     ${plain(first.remedy)}`,
  ].join('\n');
}
