import { markSpans } from '../../domain/replay/index.ts';
import type { BundleEntry, Grounding, ReplayRun } from '../../schemas/replay-run.ts';
import { REPLAY_REASONS, type ReplayReason } from '../../schemas/vocabulary.ts';
import { formatAmount, formatDuration, formatUsd } from '../shared/format.ts';
import { groundOf } from '../shared/marked-answer.ts';
import { makeTable, type Table } from '../shared/table.ts';

/** How the task was put, item by item. */
export function questionTable({ task_hash, retriever, corpus, grounding_mode, bundle_digest }: ReplayRun, name: string): Table {
  return itemsTable(`${name}-question`, 'How it was asked', [
    ['retriever', retriever === 'none' ? 'none: a baseline' : retriever],
    ['grounding', grounding_mode],
    ['task hash', task_hash],
    ['bundle', bundle_digest],
    ...tellCorpus(corpus ?? null),
  ]);
}

/** Everything that the answer names, what has no ground first. */
export function namesTable({ answer, grounding, grounding_mode: mode }: ReplayRun, name: string): Table {
  const { spans, missing } = markSpans(answer, grounding);
  const marks = (thing: Grounding): number => spans.filter((span) => span.thing === thing).length;
  return makeTable<Grounding>({
    name: `${name}-names`,
    caption: 'What the answer names',
    whenEmpty: mode === 'off' ? 'Grounding was not checked.' : 'The answer names nothing that could be looked for.',
    rows: grounding.toSorted((left, right) => Number(left.grounded) - Number(right.grounded)),
    columns: [
      { name: 'text', title: 'Name', kind: 'name', value: ({ text }) => text },
      { name: 'kind', title: 'Kind', kind: 'word', value: ({ kind }) => kind },
      { name: 'ground', title: 'Ground', kind: 'state', value: groundOf },
      {
        name: 'place',
        title: 'In the answer',
        kind: 'word',
        value: (thing) => {
          if (missing.includes(thing)) return 'not found there';
          return marks(thing) === 0 ? 'inside a longer name' : formatAmount(marks(thing), 'time');
        },
      },
    ],
  });
}

/** All that was retrieved, best first, and what became of it. */
export function retrievedTable({ retrieved, bundle, trimmed }: ReplayRun, name: string): Table {
  const uses = new Map([...entries(bundle.exemplars, 'exemplar'), ...entries(bundle.warnings, 'warning')]);
  const titles = new Map([...bundle.exemplars, ...bundle.warnings].map(({ id, title }) => [id, title]));
  return makeTable<ReplayRun['retrieved'][number] & { readonly rank: number }>({
    name: `${name}-retrieved`,
    caption: 'What was retrieved, best first',
    whenEmpty: 'Nothing was retrieved.',
    rows: retrieved.map((row, at) => ({ ...row, rank: at + 1 })),
    columns: [
      { name: 'rank', title: 'Place', kind: 'number', value: ({ rank }) => rank },
      { name: 'id', title: 'Playbook', kind: 'digest', value: ({ id }) => id },
      { name: 'score', title: 'Score', kind: 'number', value: ({ score }) => score },
      {
        name: 'use',
        title: 'Used as',
        kind: 'state',
        value: ({ id }) => uses.get(id) ?? (trimmed?.dropped.includes(id) === true ? 'left out for want of room' : 'not needed'),
      },
      { name: 'title', title: 'Title', kind: 'prose', value: ({ id }) => titles.get(id) ?? null },
    ],
  });
}

export function stepsTable({ bundle }: ReplayRun, name: string): Table {
  return makeTable({
    name: `${name}-steps`,
    caption: 'Validation steps',
    whenEmpty: 'The exemplars name no step.',
    rows: bundle.validation_steps.map((step, at) => ({ step, place: at + 1 })),
    columns: [
      { name: 'place', title: 'No.', kind: 'number', value: ({ place }) => place },
      { name: 'step', title: 'Step', kind: 'prose', value: ({ step }) => step },
    ],
  });
}

/** Every model that was asked, in order. */
export function pathTable({ escalation_path }: ReplayRun, name: string): Table {
  return makeTable<ReplayRun['escalation_path'][number]>({
    name: `${name}-path`,
    caption: 'Models in the order in which they were asked',
    whenEmpty: 'No model was asked.',
    rows: escalation_path,
    columns: [
      { name: 'model', title: 'Model', kind: 'name', value: ({ model }) => model },
      { name: 'gate', title: 'Gate', kind: 'state', value: ({ gate, failure }) => stateOf(gate.passed, failure) },
      { name: 'reasons', title: 'Why', kind: 'prose', value: ({ gate }) => gate.reasons.map(tellReason).join('; ') || null },
      { name: 'failure', title: 'What failed', kind: 'prose', value: ({ failure }) => failure ?? null },
      { name: 'request_digest', title: 'Asked', kind: 'digest', value: ({ request_digest }) => request_digest ?? null },
    ],
  });
}

export function usageTable({ usage, durations_ms: durations }: ReplayRun, name: string): Table {
  return itemsTable(`${name}-usage`, 'Usage and durations', [
    ['tokens of the question', told(usage.prompt_tokens)],
    ['tokens of the answer', told(usage.completion_tokens)],
    ['cost', usage.cost_usd === undefined ? 'unknown' : formatUsd(usage.cost_usd)],
    ['retrieval', formatDuration(durations.retrieval)],
    ['models', formatDuration(durations.model)],
    ['gate', formatDuration(durations.gate)],
    ['all of it', formatDuration(durations.total)],
  ]);
}

function tellCorpus(corpus: NonNullable<ReplayRun['corpus']> | null): [item: string, value: string][] {
  if (corpus === null) return [['corpus', 'none']];
  const { run_id: run, rows, sha256 } = corpus;
  return [
    ['corpus', sha256],
    ['rows of the corpus', String(rows)],
    ['run of the corpus', run ?? 'none: a file that was named'],
  ];
}

function itemsTable(name: string, caption: string, rows: readonly (readonly [item: string, value: string])[]): Table {
  return makeTable({
    name,
    caption,
    whenEmpty: 'Nothing is recorded.',
    rows,
    columns: [
      { name: 'item', title: 'Item', kind: 'word', value: ([item]) => item },
      { name: 'value', title: 'Value', kind: 'name', value: ([, value]) => value },
    ],
  });
}

function entries(of: readonly BundleEntry[], use: string): [id: string, use: string][] {
  return of.map(({ id }) => [id, use]);
}

function stateOf(isPassed: boolean, failure: string | undefined): string {
  if (failure !== undefined) return 'unanswered';
  return isPassed ? 'passed' : 'refused';
}

function tellReason(reason: string): string {
  return REPLAY_REASONS[reason as ReplayReason] ?? reason;
}

function told(count: number | undefined): string {
  return count === undefined ? 'unknown' : String(count);
}
