import { ServiceError } from '@temporalio/client';
import { describe, expect, test } from 'vitest';
import type { EngineView } from '../../../cli/runs/engine-view.ts';
import { watchRun } from '../../../cli/runs/watch-run.ts';
import type { RunView } from '../../../schemas/run-view.ts';
import { engineRun, fakeEngine, makeBrewery, scoring, STOPPED_ENGINE, type Brewery } from '../../support/brewery.ts';

const RUN = '20260302T081500000Z-a1b2c3';

async function watch(brewery: Brewery, engine: EngineView, options: { patienceMs?: number; stop?: AbortSignal } = {}): Promise<RunView[]> {
  const views: RunView[] = [];
  const never = new AbortController().signal;
  for await (const view of watchRun(brewery.root, engine, RUN, {
    everyMs: 1,
    patienceMs: options.patienceMs ?? 0,
    stop: options.stop ?? never,
  })) {
    views.push(view);
  }
  return views;
}

/** An engine that gives another answer each time it is asked what runs there are. */
function changing(...engines: readonly (() => EngineView | Error)[]): EngineView {
  let turn = 0;
  let current: EngineView = fakeEngine();
  return {
    ...fakeEngine(),
    runs: async () => {
      const next = engines[Math.min(turn++, engines.length - 1)]!();
      if (next instanceof Error) throw next;
      current = next;
      return current.runs();
    },
    observe: (run) => current.observe(run),
  };
}

/** What the SDK throws when nobody answers at the server's address: gRPC status 14. */
function outage(): Error {
  return new ServiceError('no answer', { cause: Object.assign(new Error('UNAVAILABLE'), { code: 14, details: '', metadata: {} }) });
}

const at = (done: number) => () => fakeEngine([engineRun(RUN)], () => scoring(RUN, done));

describe('a watch', () => {
  test('shows each step and ends with the state that the run ended in', async () => {
    const brewery = makeBrewery();
    const views = await watch(
      brewery,
      changing(at(1), at(5), () => {
        brewery.ended(RUN, 'refused', 'nothing_exported');
        return fakeEngine([engineRun(RUN, 'COMPLETED')]);
      }),
    );
    expect(views.map(({ state, position }) => [state, position?.done ?? null])).toEqual([
      ['running', 1],
      ['running', 5],
      ['refused', null],
    ]);
  });

  test('goes on over an outage and a pause by a person', async () => {
    const brewery = makeBrewery();
    brewery.begun(RUN);
    const paused = () => fakeEngine([engineRun(RUN)], () => scoring(RUN, 2, 'user'));
    const end = () => {
      brewery.ended(RUN, 'accepted');
      return fakeEngine();
    };
    const views = await watch(brewery, changing(at(1), outage, outage, paused, end), { patienceMs: 60_000 });
    expect(views.map(({ state }) => state)).toEqual(['running', 'paused', 'accepted']);
  });

  test('ends when the command of the run was interrupted', async () => {
    const brewery = makeBrewery();
    const views = await watch(
      brewery,
      changing(at(1), () => fakeEngine([engineRun(RUN)], () => scoring(RUN, 2, 'interrupt'))),
    );
    expect(views.at(-1)).toMatchObject({ state: 'paused', paused_by: 'interrupt' });
  });

  test('ends when nobody is left who would bring the server back', async () => {
    const brewery = makeBrewery();
    brewery.begun(RUN);
    const views = await watch(brewery, changing(at(1), outage));
    expect(views.map(({ state }) => state)).toEqual(['running', 'interrupted']);
  });

  test('says at once that a run is interrupted when no server is up', async () => {
    const brewery = makeBrewery();
    brewery.begun(RUN);
    expect((await watch(brewery, STOPPED_ENGINE)).map(({ state }) => state)).toEqual(['interrupted']);
  });

  test('stops when it is told to', async () => {
    const stop = new AbortController();
    const engine = changing(at(1), () => {
      stop.abort();
      return fakeEngine([engineRun(RUN)], () => scoring(RUN, 2));
    });
    expect(await watch(makeBrewery(), engine, { stop: stop.signal })).toHaveLength(2);
  });

  test('does not swallow what is no outage', async () => {
    await expect(
      watch(
        makeBrewery(),
        changing(() => new TypeError('a mistake of ours')),
      ),
    ).rejects.toThrow('a mistake of ours');
  });
});
