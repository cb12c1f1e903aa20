import type { Candidate } from './candidate.ts';

const CONNECTED = 1.05;
const CONNECTED_FROM = 2;
const ACROSS_SOURCES = 1.1;
const CROWDED = 0.95;
/** Pages of a session that count in full, among the first rows of the list. */
const SESSION_PAGES = 2;
const FIRST_ROWS = 20;

/** What the pages of a list, best first, have to do with each other: for each row its multipliers, 1 for what does not hold. */
export function weighNeighbours(candidates: readonly Candidate[]): Record<'graph' | 'graph_across_sources' | 'session', number>[] {
  const neighbours = findNeighbours(candidates);
  const crowded = findCrowded(candidates.slice(0, FIRST_ROWS));
  return candidates.map((row, at) => {
    const adjacent = neighbours.get(row.key);
    return {
      graph: (adjacent?.size ?? 0) >= CONNECTED_FROM ? CONNECTED : 1,
      graph_across_sources:
        adjacent !== undefined && [...adjacent.values()].some((source) => source !== row.source_id) ? ACROSS_SOURCES : 1,
      session: at < FIRST_ROWS && crowded.has(row.key) ? CROWDED : 1,
    };
  });
}

/** Pages of the list that a page links to or that link to it, each with its source. */
function findNeighbours(candidates: readonly Candidate[]): Map<string, Map<string, string>> {
  const pages = new Map(candidates.map((row) => [row.key, row]));
  const neighbours = new Map<string, Map<string, string>>();
  const add = (page: Candidate, other: Candidate): void => {
    const known = neighbours.get(page.key) ?? new Map<string, string>();
    neighbours.set(page.key, known.set(other.key, other.source_id));
  };
  for (const page of pages.values())
    for (const target of page.facts.links) {
      const other = pages.get(target);
      if (other === undefined || other === page) continue;
      add(page, other);
      add(other, page);
    }
  return neighbours;
}

/** Pages that are the third or a later one of their session. */
function findCrowded(candidates: readonly Candidate[]): Set<string> {
  const sessions = new Map<string, Set<string>>();
  const crowded = new Set<string>();
  for (const { key, facts } of candidates) {
    if (facts.session_id === null) continue;
    const pages = sessions.get(facts.session_id) ?? new Set<string>();
    sessions.set(facts.session_id, pages.add(key));
    if ([...pages].indexOf(key) >= SESSION_PAGES) crowded.add(key);
  }
  return crowded;
}
