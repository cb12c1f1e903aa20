import type { AcceptanceFacts, Finding } from './facts.ts';
import { countedEvidence, PlantedPlaces } from './places.ts';
import { plainText, sharedPairs, wordPairs } from './texts.ts';

/** Beyond this share of word pairs two texts are near copies; half of what one replaced word in twenty leaves them apart. */
const NEAR = 0.75;
/** Shorter texts have too few pairs for a share to mean anything. */
const LEAST_PAIRS = 20;

interface Line {
  readonly where: string;
  readonly split: string;
  readonly task: string;
  readonly text: string;
  readonly ids: readonly string[];
}

/** 19: no task, no text, no near copy and no group of planted copies stands on two sides of a split, over all sets. */
export function checkSplits(facts: AcceptanceFacts): Finding[] {
  const lines = exportedLines(facts);
  if (new Set(lines.map(({ split }) => split)).size < 2)
    return [{ expected: 'rows in several splits', found: 'one split', where: 'exports' }];
  return [
    ...straddling(lines, 'task', ({ task }) => [task]),
    ...straddling(lines, 'text', ({ text }) => (text === '' ? [] : [plainText(text)])),
    ...straddling(lines, 'group of near copies', ({ ids }) => groupsOf(facts, ids)),
    ...nearCopies(lines),
  ];
}

function exportedLines({ rag, sft, preference }: AcceptanceFacts): Line[] {
  const ofRows = (set: string, rows: AcceptanceFacts['rag']): Line[] =>
    rows.map(({ id, split, task_key, text }) => ({ where: `${set}, row ${id}`, split, task: task_key, text: `${set} ${text}`, ids: [id] }));
  const ofPairs = preference.map(({ id, split, task_key, chosen_id, rejected_id }) => ({
    where: `preference, row ${id}`,
    split,
    task: task_key,
    text: '',
    ids: [chosen_id, rejected_id],
  }));
  return [...ofRows('rag', rag), ...ofRows('sft', sft), ...ofPairs];
}

function groupsOf({ planted, evidence }: AcceptanceFacts, ids: readonly string[]): string[] {
  const [places, rows] = [new PlantedPlaces(planted.files), countedEvidence(evidence)];
  return ids.flatMap((id) => {
    const row = rows.get(id);
    return row === undefined ? [] : places.of(row).flatMap(({ near_copies: group }) => group ?? []);
  });
}

function straddling(lines: readonly Line[], what: string, keysOf: (line: Line) => readonly string[]): Finding[] {
  const first = new Map<string, Line>();
  return lines.flatMap((line) =>
    keysOf(line).flatMap((key) => {
      const known = first.get(key) ?? line;
      first.set(key, known);
      return known.split === line.split
        ? []
        : [{ expected: `one split for one ${what}`, found: `${known.split} and ${line.split}`, where: `${known.where} and ${line.where}` }];
    }),
  );
}

function nearCopies(lines: readonly Line[]): Finding[] {
  const texts = lines.filter(({ text }) => text !== '').map((line) => ({ line, pairs: wordPairs(line.text) }));
  const long = texts.filter(({ pairs }) => pairs.size >= LEAST_PAIRS);
  return long.flatMap((left, at) =>
    long.slice(at + 1).flatMap((right) => {
      if (left.line.split === right.line.split || sharedPairs(left.pairs, right.pairs) < NEAR) return [];
      return [
        {
          expected: 'one split for near copies',
          found: `${left.line.split} and ${right.line.split}`,
          where: `${left.line.where} and ${right.line.where}`,
        },
      ];
    }),
  );
}
