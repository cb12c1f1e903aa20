import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readWorkspace } from '../../adapters/files/workspace.ts';
import { worker } from '../../cli/commands/worker.ts';
import type { EngineSession, SessionOptions, withEngine } from '../../cli/engine-session.ts';
import { EngineError } from '../../domain/shared/errors.ts';
import { makeBrewery, type Brewery } from '../support/brewery.ts';
import { recordingIo } from '../support/recording-io.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { slotQueueOf } from '../../worker/index.ts';

const never = new Promise<never>(() => undefined);

/** A session whose worker does nothing but note that it was stopped. */
function session(given: { readonly stopped?: Promise<void>; readonly lost?: Promise<never> } = {}) {
  const story: string[] = [];
  const asked: SessionOptions[] = [];
  const served: (readonly string[])[] = [];
  const open: typeof withEngine = async (_io, options, use) => {
    asked.push(options);
    const work = async (slotQueues: readonly string[] = []) => {
      served.push(slotQueues);
      return { stopped: given.stopped ?? never, stop: async () => void story.push('stopped') };
    };
    return use({ address: '127.0.0.1:7233', lost: given.lost ?? never, work } as unknown as EngineSession);
  };
  return { open, story, asked, served };
}

function start(brewery: Brewery, open: typeof withEngine, options: { threads?: number; withServer?: boolean } = {}) {
  const io = recordingIo();
  return { io, code: worker(io, { workspace: brewery.root, ...options }, open) };
}

test.each([
  ['SIGTERM', 0],
  ['SIGINT', 130],
] as const)('%s lets the steps in progress finish and ends with %d', async (signal, code) => {
  const { open, story } = session();
  const running = start(makeBrewery(), open);
  await expect.poll(() => running.io.said()).toContain('worker ready');
  running.io.interrupt(signal);
  expect(await running.code).toBe(code);
  expect(story).toEqual(['stopped']);
});

test('it waits for a server unless it brings its own, and works with as many threads as it is told', async () => {
  const { open, asked } = session({ lost: Promise.reject(new EngineError('gone', 'come again')) });
  await expect(start(makeBrewery(), open).code).rejects.toThrow('gone');
  await expect(start(makeBrewery(), open, { withServer: true, threads: 3 }).code).rejects.toThrow('gone');
  expect(asked.map(({ joinOnly, config }) => [joinOnly, config.engine.threads])).toEqual([
    [true, undefined],
    [false, 3],
  ]);
  // Before and after its work, too, it ends as whoever sent the signal expects.
  expect(asked.map(({ exitCodeOf }) => [exitCodeOf?.('SIGTERM'), exitCodeOf?.('SIGINT')])).toEqual([
    [0, 130],
    [0, 130],
  ]);
});

test('it takes the place at the inference server of the config, each server having a queue of its own', async () => {
  const { open, served } = session({ stopped: Promise.resolve() });
  const [usual, other] = [makeBrewery(), makeBrewery()];
  const bench = { base_url: 'http://127.0.0.1:11434/v1' };
  writeFileSync(join(other.root, 'lauter.config.json'), JSON.stringify({ bench }));
  for (const brewery of [usual, other]) await expect(start(brewery, open).code).rejects.toThrow('found that it ended');
  expect(served).toEqual([
    [slotQueueOf(readWorkspace(usual.root)!.id, 'http://127.0.0.1:8000/v1')],
    [slotQueueOf(readWorkspace(other.root)!.id, bench.base_url)],
  ]);
  expect(new Set(served.flat()).size).toBe(2);
});

test('a worker that ends by itself is a failure', async () => {
  const { open } = session({ stopped: Promise.resolve() });
  await expect(start(makeBrewery(), open).code).rejects.toThrow('found that it ended');
});

test('a folder that is no workspace is refused', async () => {
  await expect(worker(recordingIo(), { workspace: temporaryFolder() }, session().open)).rejects.toThrow('expected a workspace.json in it');
});
