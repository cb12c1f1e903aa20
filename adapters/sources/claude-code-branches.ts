import { chainOf, type Chain } from './claude-code-links.ts';
import type { SessionLine } from './claude-code-lines.ts';

/** One way through a session, from a root to a last turn. */
export interface Branch {
  /** In reading order; what the branch is known by. */
  readonly lines: readonly SessionLine[];
  /** The uuid of the last line, '' where it has none. */
  readonly id: string;
  /** How many of its lines name a parent that is not in the file. */
  readonly bridgedLinks: number;
}

/**
 * Branches repeat what they share, so that a file of a few megabytes could be made to hold gigabytes of them: a thousand forks behind a thousand
 * turns are a million lines. A session whose user went back a hundred times stays far below.
 */
const MOST = { lines: 500_000, characters: 512 << 20 };

/**
 * The branches of a session: one for each turn that nothing but progress and system lines follow, in the order of their last lines. Those for which
 * there is no room when all lines of all branches are counted are `leftOut`, each by its last line; the first branch always has room.
 */
export function branchesOf(
  lines: readonly SessionLine[],
  most = MOST,
): { readonly branches: readonly Branch[]; readonly leftOut: readonly SessionLine[] } {
  const chain = chainOf(lines);
  const parents = parentUnits(chain);
  const leaves = leavesOf(parents).sort((left, right) => lastOf(left).index - lastOf(right).index);
  const branches: Branch[] = [];
  const room = { ...most };
  const sizes = new Map<SessionLine, number>();
  for (const leaf of leaves) {
    const branch = branchTo(leaf, parents, chain);
    room.lines -= branch.lines.length;
    // Nothing is repeated where there is one branch only, which is the rule.
    if (leaves.length > 1) room.characters -= sizeOf(branch.lines, sizes);
    if (branches.length > 0 && (room.lines < 0 || room.characters < 0)) break;
    branches.push(branch);
  }
  return { branches, leftOut: leaves.slice(branches.length).map(lastOf) };
}

/** Characters of the lines as JSON, each measured once. */
function sizeOf(lines: readonly SessionLine[], known: Map<SessionLine, number>): number {
  let sum = 0;
  for (const line of lines) {
    const size = known.get(line) ?? JSON.stringify(line.value).length;
    known.set(line, size);
    sum += size;
  }
  return sum;
}

/**
 * Lines that belong together whatever their links look like: a streamed message is written as several lines, and the results of its parallel tool
 * calls hang on whichever of them made the call, so that the links fork where the conversation does not.
 */
type Unit = SessionLine[];
type ParentUnits = ReadonlyMap<Unit, Unit | undefined>;

function parentUnits(chain: Chain): ParentUnits {
  const unitOf = unitsByLine(chain);
  const unitAbove = ([head]: Unit): Unit | undefined => {
    const parent = head && chain.parents.get(head);
    return parent && unitOf.get(parent);
  };
  return new Map([...new Set(unitOf.values())].map((unit) => [unit, unitAbove(unit)]));
}

function unitsByLine({ ordered, parents }: Chain): Map<SessionLine, Unit> {
  const timesAnswered = countAnswers(ordered);
  const unitOf = new Map<SessionLine, Unit>();
  for (const line of ordered) {
    const between = linksAbove(line, parents);
    const turn = parents.get(between.at(-1) ?? line);
    const unit = turn && unitOf.get(turn);
    if (unit === undefined || !belongsTo(unit, line, timesAnswered)) {
      unitOf.set(line, [line]);
      continue;
    }
    for (const member of [...between, line]) {
      if (unitOf.get(member) !== unit) unit.push(member);
      unitOf.set(member, unit);
    }
  }
  return unitOf;
}

/** The progress and system lines between a line and the turn before it, nearest first. */
function linksAbove(line: SessionLine, parents: Chain['parents']): SessionLine[] {
  const between: SessionLine[] = [];
  if (line.kind === 'link') return between;
  for (let at = parents.get(line); at?.kind === 'link'; at = parents.get(at)) between.push(at);
  return between;
}

/** A result joins its call unless the call was answered more than once: then the session was rewound there, and the fork is real. */
function belongsTo(unit: Unit, line: SessionLine, timesAnswered: ReadonlyMap<string, number>): boolean {
  if (line.messageId !== undefined) return unit.some(({ messageId }) => messageId === line.messageId);
  if (line.answers.length === 0) return false;
  return line.answers.every((id) => timesAnswered.get(id) === 1 && unit.some(({ calls }) => calls.includes(id)));
}

function countAnswers(lines: readonly SessionLine[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const { answers } of lines) for (const id of new Set(answers)) times.set(id, (times.get(id) ?? 0) + 1);
  return times;
}

function leavesOf(parents: ParentUnits): Unit[] {
  const turns = [...parents.keys()].filter((unit) => unit.some(({ kind }) => kind !== 'link'));
  const continued = new Set<Unit>();
  for (const unit of turns) {
    for (let at = parents.get(unit); at !== undefined && !continued.has(at); at = parents.get(at)) continued.add(at);
  }
  return turns.filter((unit) => !continued.has(unit));
}

function branchTo(leaf: Unit, parents: ParentUnits, { bridged }: Chain): Branch {
  const path: Unit[] = [];
  for (let at: Unit | undefined = leaf; at !== undefined; at = parents.get(at))
    path.push(at.toSorted((left, right) => left.index - right.index));
  const lines = path.reverse().flat();
  return { lines, id: lines.at(-1)?.uuid ?? '', bridgedLinks: lines.filter((line) => bridged.has(line)).length };
}

function lastOf(unit: Unit): SessionLine {
  return unit.reduce((last, line) => (line.index > last.index ? line : last));
}
