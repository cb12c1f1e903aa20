import type { TraceReplay } from '../../schemas/trace-replay.ts';
import { formatAmount, shortenDigest, shortenText } from '../shared/format.ts';
import { markup, type Markup } from '../shared/markup.ts';
import { writePage, type Section } from '../shared/page.ts';
import { writePassagesHtml } from '../shared/passages.ts';
import { describeState } from '../shared/states.ts';
import { writeTableHtml } from '../shared/table-html.ts';
import { makeTable, type Table } from '../shared/table.ts';
import type { Verdict } from '../shared/verdict.ts';
import { filesBeside, type PlacedFile } from './files-beside.ts';
import { tellChain, TRACE_WORDS, writeRecord } from './trace-page.ts';
import { traceTables } from './trace-tables.ts';

type TracedPlaybook = TraceReplay['playbooks'][number];

const SUBJECT_CHARS = 60;

/** The files of the trace of a replay: the page where it was asked for, and beside it the document as JSON and each table as CSV, named after the page. */
export function renderTraceReplay(traced: TraceReplay, path: string): PlacedFile[] {
  return filesBeside(path, traced, (name) => ({
    tables: [
      playbooksTable(traced, name),
      ...traced.playbooks.flatMap(({ trace }, at) => (trace === null ? [] : tablesOf(trace, at, name))),
    ],
    page: writeTraceReplayPage(traced, name),
  }));
}

function writeTraceReplayPage(traced: TraceReplay, name: string): string {
  const { replay_id, file, line, copy, model, task, answer, grounding, playbooks } = traced;
  const jsonName = `${name}.json`;
  return writePage({
    kind: 'Trace of a replay',
    subject: replay_id,
    facts: [`${file}:${line}${copy === undefined ? '' : `, copy ${copy}`}`, model, `bundle ${shortenDigest(traced.bundle_digest)}`],
    verdict: verdictOf(traced),
    sections: [
      {
        id: 'answer',
        title: 'Answer',
        lead: 'What was asked and answered. Everything that the answer names is marked by whether the bundle or the task names it, too.',
        body: writePassagesHtml([
          { state: 'task', title: '', facts: [], text: task },
          { state: 'answer', title: model, facts: [], text: answer, grounding },
        ]),
      },
      {
        id: 'playbooks',
        title: 'Playbooks',
        lead: 'What the answer rests on, and whether each leads to the lines of its sources.',
        body: writeTableHtml(playbooksTable(traced, name), jsonName),
      },
      ...playbooks.map((playbook, at) => playbookSection(playbook, at, name)),
    ],
    colophon: `Everything on this page also stands in ${jsonName} beside it. Source text is shown redacted.`,
  });
}

function verdictOf({ verdict, bundle_holds: bundleHolds, playbooks }: TraceReplay): Verdict {
  const [tone, word] = TRACE_WORDS[verdict];
  const failing = playbooks.filter(({ trace }) => trace?.verdict !== 'holds');
  return {
    tone,
    word,
    sentence: tellReplay(playbooks.length, failing.length),
    reasons: [
      ...(bundleHolds ? [] : [{ sentence: 'The bundle:', detail: 'what stands in the log has another digest than the log says' }]),
      ...failing.map(({ use, id, trace }) => ({ sentence: `${describeState(use).label} ${shortenDigest(id)}:`, detail: tellTrace(trace) })),
    ],
    figures: [
      { label: 'Playbooks', value: String(playbooks.length) },
      { label: 'Not proved', value: String(failing.length) },
      { label: 'Bundle', value: bundleHolds ? 'as it was' : 'changed' },
    ],
    nextSteps: [],
  };
}

function tellReplay(playbooks: number, failing: number): string {
  if (playbooks === 0) return 'The answer rests on no playbook: its bundle was empty.';
  if (failing === 0) return `The answer leads through ${formatAmount(playbooks, 'playbook')} to the lines of their sources.`;
  return `Of ${formatAmount(playbooks, 'playbook')} that the answer rests on, ${failing} cannot be shown to lead to its source.`;
}

function playbooksTable({ playbooks }: TraceReplay, name: string): Table {
  return makeTable<TracedPlaybook>({
    name: `${name}-playbooks`,
    caption: 'Playbooks of the bundle',
    whenEmpty: 'The bundle was empty.',
    rows: playbooks,
    columns: [
      { name: 'id', title: 'Playbook', kind: 'digest', value: ({ id }) => id },
      { name: 'use', title: 'Used as', kind: 'state', value: ({ use }) => use },
      { name: 'verdict', title: 'Chain', kind: 'state', value: ({ trace }) => trace?.verdict ?? 'unprovable' },
      { name: 'run_id', title: 'Run', kind: 'name', value: ({ trace }) => trace?.run_id ?? null },
      { name: 'source', title: 'Source line', kind: 'path', value: ({ trace }) => trace?.records.map(placeOf).join(', ') ?? null },
    ],
  });
}

function playbookSection({ use, id, trace }: TracedPlaybook, at: number, name: string): Section {
  const title = trace?.records[0]?.task.text ?? shortenDigest(id);
  return {
    id: `playbook-${at + 1}`,
    title: `${describeState(use).label}: ${shortenText(title.replace(/\s+/g, ' '), SUBJECT_CHARS)}`,
    lead: tellTrace(trace),
    body: trace === null ? markup`<p class="empty">${id}</p>` : writeChain(trace, at, name),
  };
}

function writeChain(trace: NonNullable<TracedPlaybook['trace']>, at: number, name: string): Markup {
  const [links, rows] = tablesOf(trace, at, name);
  const jsonName = `${name}.json`;
  return markup`${trace.records.map(writeRecord)}${writeTableHtml(links, jsonName)}${writeTableHtml(rows, jsonName)}`;
}

function tablesOf(trace: NonNullable<TracedPlaybook['trace']>, at: number, name: string): ReturnType<typeof traceTables> {
  return traceTables(trace, `${name}-${at + 1}`);
}

function tellTrace(trace: TracedPlaybook['trace']): string {
  return trace === null ? 'No run of this workspace has it.' : tellChain(trace);
}

function placeOf({ provenance, source_line: line }: NonNullable<TracedPlaybook['trace']>['records'][number]): string {
  return `${provenance.source_file}:${line}`;
}
