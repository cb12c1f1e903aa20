import type { ReplayPair, ReplaySide } from '../../schemas/replay-ab.ts';
import { REPLAY_REASONS, type ReplayReason } from '../../schemas/vocabulary.ts';
import { formatDuration, shortenText } from '../shared/format.ts';
import type { Pair, Side } from '../shared/side-by-side.ts';
import { makeTable, type ColumnOf, type Table } from '../shared/table.ts';

const TASK_CHARS = 240;
const ROWS_SHOWN = 100;

/** Tasks whose answers came out differently first: those that one arm alone passes, then those that one arm alone grounds, then the others. */
export function differingFirst(pairs: readonly ReplayPair[]): ReplayPair[] {
  return pairs.toSorted((left, right) => rankOf(left) - rankOf(right));
}

/** How many tasks came out differently. */
export function countDiffering(pairs: readonly ReplayPair[]): number {
  return pairs.filter((pair) => rankOf(pair) < ALIKE).length;
}

/** Answers side by side, what they name marked. */
export function answerPairs(pairs: readonly ReplayPair[]): Pair[] {
  return pairs.map((pair) => ({
    state: outcomeOf(pair),
    title: pair.task === null ? pair.id : shortenText(pair.task, TASK_CHARS),
    facts: [pair.id, ...tellSameEvidence(pair)],
    sides: [sideOf('with playbooks', pair.with), sideOf('without', pair.without)],
  }));
}

/** Every task as a row; programs get its answers in full. */
export function pairsTable(pairs: readonly ReplayPair[], name: string): Table {
  return makeTable<ReplayPair>({
    name: `${name}-pairs`,
    caption: 'Tasks, those that came out differently first',
    whenEmpty: 'There is no task.',
    rows: pairs,
    rowsShown: ROWS_SHOWN,
    columns: [
      { name: 'id', title: 'Task', kind: 'name', value: ({ id }) => id },
      { name: 'outcome', title: 'Came out', kind: 'state', value: outcomeOf },
      { name: 'task', title: 'Text', kind: 'prose', audience: 'programs', value: ({ task }) => task },
      ...sideColumns('with', 'With'),
      ...sideColumns('without', 'Without'),
      {
        name: 'without_same_evidence',
        title: 'Without, same evidence',
        kind: 'state',
        value: ({ same_evidence: same }) => (same === null ? null : gateWord(same.gate.passed)),
      },
      {
        name: 'without_same_evidence_reasons',
        title: 'Why',
        kind: 'prose',
        audience: 'programs',
        value: ({ same_evidence: same }) => same?.gate.reasons.join(' ') ?? null,
      },
    ],
  });
}

const ALIKE = 2;

function rankOf(pair: ReplayPair): number {
  const outcome = outcomeOf(pair);
  if (outcome === 'only_with' || outcome === 'only_without') return 0;
  if (outcome === 'not_compared') return ALIKE + 1;
  return isWhollyGrounded(pair.with) === isWhollyGrounded(pair.without) ? ALIKE : 1;
}

function outcomeOf({
  with: left,
  without: right,
}: ReplayPair): 'only_with' | 'only_without' | 'both_pass' | 'neither_passes' | 'not_compared' {
  if (left.gate === null || right.gate === null) return 'not_compared';
  if (left.gate.passed === right.gate.passed) return left.gate.passed ? 'both_pass' : 'neither_passes';
  return left.gate.passed ? 'only_with' : 'only_without';
}

function isWhollyGrounded({ grounding }: ReplaySide): boolean {
  return grounding.every(({ grounded }) => grounded);
}

function tellSameEvidence({ same_evidence: same, without }: ReplayPair): string[] {
  if (same === null || same.gate.passed === without.gate?.passed) return [];
  return [`on the same evidence the baseline ${same.gate.passed ? 'passes' : `is refused: ${tellReasons(same.gate.reasons)}`}`];
}

function sideOf(name: string, side: ReplaySide): Side {
  const { state, reasons, answer, grounding, model, escalated, latency_ms: latencyMs, replay_id: id } = side;
  const why = reasons.length === 0 ? '' : `: ${tellReasons(reasons)}`;
  return {
    name,
    facts: [
      `${STATE_WORDS[state]}${why}`,
      ...(answer === null ? [] : [`grounded ${countGrounded(side)} of ${grounding.length}`]),
      ...(model === null ? [] : [`${model}${escalated ? ', escalated' : ''}`]),
      ...(latencyMs === null ? [] : [formatDuration(latencyMs)]),
      ...(id === null ? [] : [id]),
    ],
    text: answer ?? '',
    grounding,
  };
}

const STATE_WORDS: Readonly<Record<ReplaySide['state'], string>> = {
  passed: 'passed',
  refused: 'refused',
  unanswered: 'no answer',
  skipped_budget: 'skipped for want of budget',
};

function sideColumns(side: 'with' | 'without', title: string): ColumnOf<ReplayPair>[] {
  const forPrograms = (name: string, kind: 'name' | 'number', read: (of: ReplaySide) => string | number | boolean | null) => ({
    name: `${side}_${name}`,
    title: `${title} ${name}`,
    kind,
    audience: 'programs' as const,
    value: (pair: ReplayPair) => read(pair[side]),
  });
  return [
    { name: `${side}_state`, title, kind: 'state', value: (pair) => pair[side].state },
    {
      name: `${side}_why`,
      title: 'Why',
      kind: 'prose',
      audience: 'people',
      value: (pair) => tellReasons(pair[side].reasons) || null,
    },
    {
      name: `${side}_names_grounded`,
      title: 'Grounded',
      kind: 'word',
      audience: 'people',
      value: (pair) => (pair[side].answer === null ? null : `${countGrounded(pair[side])} of ${pair[side].grounding.length}`),
    },
    forPrograms('reasons', 'name', ({ reasons }) => reasons.join(' ')),
    forPrograms('grounded', 'number', countGrounded),
    forPrograms('named', 'number', ({ grounding }) => grounding.length),
    forPrograms('model', 'name', ({ model }) => model),
    forPrograms('escalated', 'name', ({ escalated }) => escalated),
    forPrograms('latency_ms', 'number', ({ latency_ms }) => latency_ms),
    forPrograms('replay_id', 'name', ({ replay_id }) => replay_id),
    forPrograms('retrieved', 'name', ({ retrieved }) => retrieved.join(' ')),
    forPrograms('answer', 'name', ({ answer }) => answer),
  ];
}

function countGrounded({ grounding }: ReplaySide): number {
  return grounding.filter(({ grounded }) => grounded).length;
}

function gateWord(isPassed: boolean): string {
  return isPassed ? 'passed' : 'refused';
}

function tellReasons(reasons: readonly string[]): string {
  return reasons.map((reason) => REPLAY_REASONS[reason as ReplayReason] ?? reason).join('; ');
}
