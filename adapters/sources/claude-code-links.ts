import type { SessionLine } from './claude-code-lines.ts';

/** The parent of each line, parents before children. */
export interface Chain {
  readonly ordered: readonly SessionLine[];
  readonly parents: ReadonlyMap<SessionLine, SessionLine>;
  /** Lines whose stated parent is not in the file, and that were joined to the line written before them. */
  readonly bridged: ReadonlySet<SessionLine>;
}

/**
 * Follows the parent links. The writer sometimes names a parent that it never wrote, and readers lose broken lines: such a line continues the line written
 * before it in its stream, or is a root when there is none (a sub-agent, a resumed session). Without any link in the file the order of the lines is the chain.
 */
export function chainOf(lines: readonly SessionLine[]): Chain {
  const distinct = withoutRepeats(lines);
  const { parents, bridged } = findParents(distinct);
  return { ordered: parentsFirst(distinct, parents), parents, bridged };
}

/** A session that was branched or resumed may hold each line twice, under one uuid: the first stands for both. */
function withoutRepeats(lines: readonly SessionLine[]): SessionLine[] {
  const seen = new Set<string>();
  return lines.filter(({ uuid }) => {
    if (uuid === undefined) return true;
    const isNew = !seen.has(uuid);
    seen.add(uuid);
    return isNew;
  });
}

function findParents(lines: readonly SessionLine[]): { parents: Map<SessionLine, SessionLine>; bridged: Set<SessionLine> } {
  const byUuid = new Map(lines.flatMap((line) => (line.uuid === undefined ? [] : [[line.uuid, line] as const])));
  const hasLinks = lines.some((line) => typeof line.parent === 'string');
  const parents = new Map<SessionLine, SessionLine>();
  const bridged = new Set<SessionLine>();
  const lastOfStream = new Map<string, SessionLine>();
  for (const line of lines) {
    const stated = typeof line.parent === 'string' ? byUuid.get(line.parent) : undefined;
    const before = lastOfStream.get(line.stream);
    lastOfStream.set(line.stream, line);
    if (stated !== undefined) parents.set(line, stated);
    else if (before !== undefined && !(hasLinks && line.parent === null)) {
      parents.set(line, before);
      if (hasLinks) bridged.add(line);
    }
  }
  return { parents, bridged };
}

/** Sorts parents before children and cuts the link that would close a circle. */
function parentsFirst(lines: readonly SessionLine[], parents: Map<SessionLine, SessionLine>): SessionLine[] {
  const ordered = new Set<SessionLine>();
  for (const line of lines) {
    const walk = new Set<SessionLine>();
    let at: SessionLine | undefined = line;
    while (at !== undefined && !ordered.has(at) && !walk.has(at)) {
      walk.add(at);
      at = parents.get(at);
    }
    const upwards = [...walk].reverse();
    if (at !== undefined && walk.has(at) && upwards[0] !== undefined) parents.delete(upwards[0]);
    for (const found of upwards) ordered.add(found);
  }
  return [...ordered];
}
