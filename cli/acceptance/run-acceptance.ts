import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeFacts } from '../../domain/acceptance/index.ts';
import { acceptanceReportSchema, type AcceptanceReport } from '../../schemas/acceptance-report.ts';
import { endAtOnce } from '../end-at-once.ts';
import type { Io } from '../io.ts';
import { VERSION } from '../version.ts';
import { AcceptanceInterrupted, doRuns } from './do-runs.ts';
import { gatherFacts, type Hands, OWN_HANDS } from './gather-facts.ts';
import { makeSpace, removeSpace, writeRuns, type AcceptanceSpace } from './space.ts';

export interface AcceptanceOptions {
  /** Keeps the folder with the runs, which the report then names. */
  readonly keep?: boolean;
  /** Another fixture than the committed one. */
  readonly fixture?: string;
  /** Other hands than the pipeline's own, where a test plants a fault in them. */
  readonly hands?: Partial<Hands>;
  /** Called with each step as it begins. */
  tell?(step: string): void;
}

/**
 * Runs the pipeline over the acceptance fixture in a temporary folder, with an engine of its own, and judges the invariants by what lies on disk
 * afterwards. The folder is removed whatever happens, unless it is to be kept. AcceptanceInterrupted when somebody interrupts it.
 */
export async function runAcceptance(io: Io, options: AcceptanceOptions = {}): Promise<AcceptanceReport> {
  const startedAt = new Date();
  const { keep = false, tell = () => undefined, hands = {} } = options;
  const space = makeSpace(options.fixture);
  const remove = (): void => removeSpace(space.root);
  if (!keep) process.once('exit', remove);
  // While no run is going on, which would stop by itself, there is nothing to wait for.
  const endsAtOnce = io.onInterrupt(() => endAtOnce());
  try {
    const runs = await doRuns(io, space, tell);
    writeRuns(space, runs);
    const facts = await gatherFacts(space, runs, tell, { ...OWN_HANDS, ...hands });
    const invariants = judgeFacts(facts);
    const passed = invariants.filter((invariant) => invariant.passed).length;
    const report: AcceptanceReport = {
      schema: 'acceptance-report/1',
      verdict: passed === invariants.length ? 'accepted' : 'refused',
      passed,
      total: invariants.length,
      invariants,
      code_version: VERSION,
      started_at: startedAt.toISOString(),
      duration_ms: Date.now() - startedAt.getTime(),
      fixture: sizeOf(space),
      kept: keep ? space.root : null,
    };
    if (keep) writeFileSync(join(space.root, 'acceptance.json'), `${JSON.stringify(report, null, 2)}\n`);
    return acceptanceReportSchema.parse(report);
  } catch (error) {
    if (error instanceof AcceptanceInterrupted) remove();
    throw error;
  } finally {
    endsAtOnce();
    if (!keep) {
      remove();
      process.off('exit', remove);
    }
  }
}

function sizeOf({ planted }: AcceptanceSpace): AcceptanceReport['fixture'] {
  return {
    sources: planted.sources.length,
    files: planted.files.length,
    records: planted.files.reduce((sum, { records }) => sum + records, 0),
    secrets: planted.secrets.length,
  };
}
