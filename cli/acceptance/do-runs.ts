import type { Config } from '../../schemas/config.ts';
import { distillInput } from '../../worker/inputs/distill-input.ts';
import { withEngine, type EngineSession } from '../engine-session.ts';
import { followRun } from '../follow-run.ts';
import type { Io } from '../io.ts';
import type { AcceptanceSpace, DoneRuns } from './space.ts';

/** Thrown when somebody interrupts the runs; nothing of them is worth keeping. */
export class AcceptanceInterrupted extends Error {}

/**
 * Does the runs as `lauter distill run-all` does them, each workspace with its own server: one over the fixture, one that includes partial rows in the
 * same workspace, and one in another workspace with the sources in the opposite order, one thread and one shard at a time.
 */
export async function doRuns(io: Io, space: AcceptanceSpace, tell: (step: string) => void): Promise<DoneRuns> {
  const heard: string[] = [];
  const quiet = quietIo(io, heard);
  const { config } = space;
  const distill = { ...config.distill, include_partial: false };
  const plain = { ...config, distill, engine: { ...config.engine, threads: 2 } };
  tell('first run');
  const [main, partial] = await withEngine(quiet, { workspaceDir: space.main, config: plain }, async (session) => {
    const shared = withOneWorker(session);
    const first = await doRun(quiet, shared, space, plain);
    tell('run with partial rows');
    return [
      first,
      await doRun(quiet, shared, space, { ...plain, distill: { ...distill, include_partial: true, formats: ['jsonl'], as: [] } }),
    ] as const;
  });
  tell('run in another order');
  const reversed = { ...plain, sources: plain.sources.toReversed(), engine: { ...config.engine, threads: 1 } };
  const shuffled = await withEngine(quiet, { workspaceDir: space.shuffled, config: reversed }, (session) =>
    doRun(quiet, session, space, reversed, 1),
  );
  return { main, partial, shuffled, said: heard.join('\n') };
}

async function doRun(io: Io, session: EngineSession, space: AcceptanceSpace, config: Config, window?: number): Promise<string> {
  const input = distillInput({
    config,
    configBase: space.fixture,
    paths: [],
    cwd: space.root,
    skipUnknown: false,
    until: 'audit',
    workspaceId: session.workspace.id,
    now: new Date(),
  });
  const followed = await followRun(io, session, window === undefined ? input : { ...input, window }, {
    giveUpAfterMs: config.engine.give_up_after_s * 1000,
  });
  if (followed.ended !== 'finished') throw new AcceptanceInterrupted();
  return followed.result.run_id;
}

/** A second run of the same session goes on with the worker that is there. */
function withOneWorker(session: EngineSession): EngineSession {
  let worker: ReturnType<EngineSession['work']> | undefined;
  return { ...session, work: () => (worker ??= session.work()) };
}

/** What the runs say is looked at, not shown; and a server that somebody has set up is not for this. */
function quietIo(io: Io, heard: string[]): Io {
  const env = Object.fromEntries(Object.entries(io.env).filter(([name]) => !name.startsWith('TEMPORAL_')));
  const hear = (text: string): void => void heard.push(text);
  return { ...io, env, isTerminal: false, out: hear, err: hear };
}
