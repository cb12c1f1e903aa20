import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startModelServer, type ModelServer } from './model-server/model-server.ts';
import type { ModelServerScript } from './model-server/script.ts';

/** What a judge does; each is a server of its own. */
export type JudgeScript = Omit<ModelServerScript, 'models'>;

/** Judges that are served over HTTP, by slot. */
export interface ServedJudges {
  readonly servers: Readonly<Record<string, ModelServer>>;
  /** Calls that came in, of all judges. */
  calls(): number;
  /** The part of a config that names them; every model costs `price` for a million tokens, in and out. */
  config(price?: { readonly input_per_million: number; readonly output_per_million: number }): {
    readonly eval: object;
    readonly cost: object;
  };
  close(): Promise<void>;
}

/** Starts a judge for each script; its model is called `<slot>-judge`. */
export async function startJudges(scripts: Readonly<Record<string, JudgeScript>>): Promise<ServedJudges> {
  const started = await Promise.all(
    Object.entries(scripts).map(async ([id, script]) => [id, await startModelServer({ models: [], panel: {}, ...script })] as const),
  );
  const servers = Object.fromEntries(started);
  return {
    servers,
    calls: () => Object.values(servers).reduce((sum, { seen }) => sum + seen.length, 0),
    config: (price = { input_per_million: 0.01, output_per_million: 0.01 }) => ({
      eval: { panel: { judges: Object.fromEntries(started.map(([id, { url }]) => [id, { base_url: url, model: `${id}-judge` }])) } },
      cost: { prices: Object.fromEntries(started.map(([id]) => [`${id}-judge`, price])) },
    }),
    close: async () => {
      await Promise.all(started.map(([, server]) => server.close()));
    },
  };
}

/** The same for the running test; they are gone when it ends. */
export async function judgesOfTest(scripts: Readonly<Record<string, JudgeScript>>): Promise<ServedJudges> {
  const judges = await startJudges(scripts);
  onTestFinished(() => judges.close());
  return judges;
}

/** A row of answers; what is judged says what it is worth. */
export function answerRow(id: string, worth: number, words = 'The tide turns at noon.'): object {
  return { question_id: id, question: 'When does the tide turn?', hypothesis: `${words} (worth ${worth})` };
}

/** Writes rows as JSON lines; the path. */
export function writeRows(folder: string, name: string, rows: readonly object[]): string {
  const path = join(folder, name);
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return path;
}
