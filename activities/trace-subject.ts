import type { TraceSubject } from './trace.ts';
import { objectIn } from './trace-rows.ts';
import type { TracedRun } from './trace-world.ts';

/** What a beginning of an id may mean in a run: one thing, several, or none. */
export type FoundSubject = { readonly subject: TraceSubject } | { readonly several: readonly string[] } | undefined;

interface Named {
  readonly id: string;
  readonly pair?: readonly [chosen: string, rejected: string];
}

/**
 * Finds what an id is, in the evidence and in the exported files of a run: a row may still stand in an export when its evidence is gone, and that
 * is just what a trace is to tell.
 */
export async function findSubject(run: TracedRun, asked: string): Promise<FoundSubject> {
  const beginning = asked.toLowerCase();
  const found = new Map<string, Named>();
  for (const id of await run.idsLike(beginning)) found.set(id, { id });
  for (const file of run.exportedFiles()) {
    const lines = await run.findLines(file.path, [`"id":"${beginning}`, `"evidence_id":"${beginning}`]);
    for (const { text } of lines?.found ?? []) {
      const named = namedIn(text, beginning);
      if (named !== undefined && !found.has(named.id)) found.set(named.id, named);
    }
  }
  const exact = found.get(beginning);
  const [only, ...others] = exact === undefined ? [...found.values()] : [exact];
  if (only === undefined) return undefined;
  if (others.length > 0) return { several: [...found.keys()].sort() };
  const { id, pair } = only;
  if (pair === undefined) return { subject: { asked, kind: 'record', id, records: [{ role: 'record', evidenceId: id }] } };
  const records = [
    { role: 'chosen', evidenceId: pair[0] },
    { role: 'rejected', evidenceId: pair[1] },
  ] as const;
  return { subject: { asked, kind: 'pair', id, records } };
}

function namedIn(line: string, beginning: string): Named | undefined {
  const { id, evidence_id, chosen_id, rejected_id } = objectIn(line) ?? {};
  if (typeof evidence_id === 'string' && evidence_id.startsWith(beginning)) return { id: evidence_id };
  if (typeof id !== 'string' || !id.startsWith(beginning)) return undefined;
  return typeof chosen_id === 'string' && typeof rejected_id === 'string' ? { id, pair: [chosen_id, rejected_id] } : { id };
}
