import { traceRow, type TraceSubject } from '../../activities/trace.ts';
import { sha256 } from '../../adapters/digest.ts';
import { latestExport } from '../../adapters/files/find-lines.ts';
import type { AcceptanceFacts, TraceFact } from '../../domain/acceptance/index.ts';
import { openRun } from '../trace/open-run.ts';

const MAX_RECORD_BYTES = 16 << 20;

/** `lauter trace` for every exported row and pair. */
export async function traceFacts(
  workspace: string,
  runId: string,
  { rag, sft, preference }: Pick<AcceptanceFacts, 'rag' | 'sft' | 'preference'>,
): Promise<TraceFact[]> {
  const setsOf = new Map<string, string[]>();
  for (const [set, rows] of [
    ['rag', rag],
    ['sft', sft],
  ] as const)
    for (const { id } of rows) setsOf.set(id, [...(setsOf.get(id) ?? []), set]);
  const run = await openRun(workspace, runId, MAX_RECORD_BYTES, { hasManyQuestions: true });
  const trace = async (subject: TraceSubject, sets: readonly string[]): Promise<TraceFact[]> => {
    const { verdict, first } = await traceRow({ sha256, latestExport: () => latestExport(workspace) }, run, subject, { isRunNamed: true });
    const detail = first === null ? '' : `${first.link}, expected ${first.expected}, found ${first.found}`;
    return sets.map((set) => ({ set, id: subject.id, verdict, detail }));
  };
  try {
    const facts: TraceFact[] = [];
    for (const [id, sets] of setsOf)
      facts.push(...(await trace({ asked: id, kind: 'record', id, records: [{ role: 'record', evidenceId: id }] }, sets)));
    for (const { id, chosen_id, rejected_id } of preference) {
      const records = [
        { role: 'chosen', evidenceId: chosen_id },
        { role: 'rejected', evidenceId: rejected_id },
      ] as const;
      facts.push(...(await trace({ asked: id, kind: 'pair', id, records }, ['preference'])));
    }
    return facts;
  } finally {
    run.close();
  }
}
