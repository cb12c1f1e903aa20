import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { probeEventSchema, type ProbeEvent } from '../../schemas/probe-event.ts';
import { startLauter, type Ended } from './lauter-command.ts';
import { asJsonLines, taleQuestions } from './longmemeval-tales.ts';
import { startModelServer, type ModelServer } from './model-server/model-server.ts';
import type { Fault } from './model-server/script.ts';
import { makeTestSpace, type TestSpace } from './test-space.ts';
import { writeDesks } from './trace-corpus.ts';

/** A workspace whose nightly probe asks a reader and two judges on this machine. */
export interface ProbeScene {
  readonly space: TestSpace;
  readonly workspace: string;
  readonly reader: ModelServer;
  readonly judges: ModelServer;
  /** Rewrites the settings of the probe in the config file. */
  configure(nightly: object): void;
  lauter(...args: readonly string[]): Promise<Ended>;
  /** Rows of all audit files, in the order of their lines. */
  rows(): ProbeEvent[];
  close(): Promise<void>;
}

/** Makes one. `bias` is added to 5, what the judges think of every answer; of each call it is told what it used, so that it costs $0.001. */
export async function makeProbeScene({
  nightly = {},
  bias = 4,
  readerFaults = [],
  questions = 3,
}: {
  readonly nightly?: object;
  readonly bias?: number;
  readonly readerFaults?: readonly Fault[];
  readonly questions?: number;
} = {}): Promise<ProbeScene> {
  const space = makeTestSpace();
  const usage = { prompt_tokens: 0, completion_tokens: 100 };
  const reader = await startModelServer({ models: [], usage, faults: readerFaults });
  const judges = await startModelServer({ models: [], usage, panel: { bias } });
  const judge = (model: string) => ({ base_url: judges.url, model });
  const config = (settings: object) => ({
    engine: { heartbeat_timeout_s: 1, threads: 2, give_up_after_s: 60 },
    sources: writeDesks(space, 1, 20),
    search: { embedder: 'small', embedders: { small: { kind: 'deterministic' } } },
    eval: {
      reader: { base_url: reader.url, model: 'harbour-8b' },
      panel: { judges: { a: judge('pilot-a'), b: judge('pilot-b') } },
    },
    cost: {
      prices: Object.fromEntries(
        ['harbour-8b', 'pilot-a', 'pilot-b'].map((model) => [model, { input_per_million: 0, output_per_million: 10 }]),
      ),
    },
    probe: {
      nightly: { enabled: true, jitter_s: 0, quality: { fixture: '../tales.jsonl', limit: questions }, ...settings },
      notify: [{ kind: 'file', path: 'notices.jsonl' }],
    },
  });
  writeFileSync(join(space.root, 'tales.jsonl'), asJsonLines(taleQuestions(questions)));
  const workspace = space.workspace(config(nightly));
  return {
    space,
    workspace,
    reader,
    judges,
    configure: (settings) => writeFileSync(join(workspace, 'lauter.config.json'), JSON.stringify(config(settings), null, 2)),
    lauter: (...args) => startLauter([...args, '--workspace', workspace], { cwd: space.root }).ended,
    rows: () => rowsIn(join(workspace, 'audit')),
    close: async () => {
      await space.clear();
      await reader.close();
      await judges.close();
    },
  };
}

function rowsIn(folder: string): ProbeEvent[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => /^quality-probe-.*\.jsonl$/.test(name));
  const lines = names.sort().flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n').slice(0, -1));
  return lines.map((line) => probeEventSchema.parse(JSON.parse(line)));
}
