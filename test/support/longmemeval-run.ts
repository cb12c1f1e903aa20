import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { LongMemEvalResult, LongMemEvalRun } from '../../activities/eval-contract.ts';
import { createLongMemEvalWork } from '../../activities/longmemeval/work.ts';
import type { LongMemEvalWorld } from '../../activities/longmemeval/world.ts';
import type { Attempt } from '../../activities/ports.ts';
import { sha256 } from '../../adapters/digest.ts';
import type { LongMemEvalReport } from '../../schemas/longmemeval-report.ts';
import type { LongMemEvalReadRow } from '../../schemas/longmemeval-rows.ts';
import { createLongMemEvalWorld } from '../../worker/longmemeval-world.ts';
import { lmeBudget, lmeSettings } from './longmemeval-settings.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** How a run in this process ended, with its file as it lies there. */
export interface EndedRun {
  readonly result: LongMemEvalResult;
  readonly report: LongMemEvalReport;
  readonly lines: readonly string[];
  readonly rows: readonly LongMemEvalReadRow[];
  readonly run: LongMemEvalRun;
}

/** A place in which runs are done without an engine: one batch after the other, or by several workers at once, each with a world of its own. */
export interface LongMemEvalDesk {
  readonly root: string;
  readonly output: string;
  /** Writes a file; its path. */
  file(name: string, text: string | Uint8Array): string;
  run(dataset: string, more?: Partial<LongMemEvalRun>, world?: Partial<LongMemEvalWorld>, workers?: number): Promise<EndedRun>;
}

/** An attempt that nobody stops. */
export const UNDISTURBED: Attempt = { throwIfStopped: () => undefined, report: () => undefined };

export function makeLongMemEvalDesk(): LongMemEvalDesk {
  const root = temporaryFolder();
  const output = join(root, 'rows.jsonl');
  let runs = 0;
  return {
    root,
    output,
    file: (name, text) => {
      writeFileSync(join(root, name), text);
      return join(root, name);
    },
    run: async (dataset, more = {}, changed = {}, workers = 1) => {
      runs += 1;
      const run: LongMemEvalRun = {
        run_id: `longmemeval-${runs}`,
        started_at: '2026-03-02T08:00:00.000Z',
        dataset: { path: dataset, name: basename(dataset), sha256: sha256(readFileSync(dataset)) },
        limit: null,
        question_ids: null,
        output,
        resume_from: null,
        settings: lmeSettings(),
        budget: lmeBudget(`longmemeval-${runs}`),
        base: root,
        window: 1,
        code: { version: '1', commit: null, is_dirty: null },
        ...more,
      };
      const makeWorld = (): LongMemEvalWorld => ({
        ...createLongMemEvalWorld({ workspace: join(root, 'workspace'), env: {} }),
        ...changed,
      });
      const world = makeWorld();
      const work = createLongMemEvalWork(world);
      const { batches } = await work.planLongMemEval(run, UNDISTURBED);
      const askEvery = async (first: number): Promise<void> => {
        const own = createLongMemEvalWork(makeWorld());
        for (let batch = first; batch < batches; batch += workers) await own.askBatch({ run, batch }, UNDISTURBED);
      };
      await Promise.all(Array.from({ length: workers }, (_, first) => askEvery(first)));
      for (let batch = 0; batch < batches; batch += 1) await work.appendBatch({ run, batch }, UNDISTURBED);
      const result = await work.endLongMemEval(run, UNDISTURBED);
      const lines = readFileSync(run.output ?? output, 'utf8')
        .split('\n')
        .slice(0, -1);
      const rows = lines.map((line) => JSON.parse(line) as LongMemEvalReadRow).filter((row) => 'question_id' in row);
      return { result, report: world.files.read<LongMemEvalReport>(run.run_id, 'report'), lines, rows, run };
    },
  };
}
