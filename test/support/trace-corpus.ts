import { generateChatCorpus, generateSamples, SAMPLES_SEED } from '../../domain/samples/index.ts';
import type { TestSpace } from './test-space.ts';

/** Lines of chats; later calls with a higher `from` go on where earlier ones ended. */
export function chatLines(records: number, from = 0): string[] {
  return [...generateChatCorpus({ seed: 20_260_302, records, from })];
}

/** Lines as the text of a file. */
export function fileOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/** Chats of several desks, each a source of its own and so a shard of its own, with about 1 KB a record. Returns the sources for a config. */
export function writeDesks(space: TestSpace, desks: number, recordsEach: number): object[] {
  return Array.from({ length: desks }, (_, index) => {
    const name = `desk-${String(index + 1).padStart(2, '0')}`;
    space.trace(`${name}.jsonl`, fileOf(chatLines(recordsEach, index * recordsEach)));
    return { name, adapter: 'openai-chat', paths: [`../traces/${name}.jsonl`] };
  });
}

/** Traces that keep two cores busy for some seconds in nine shards: chats, and the sample streams of five other formats. Returns the sources for a config. */
export function writeMixedCorpus(space: TestSpace): object[] {
  const streams = ['counter-trials', 'fleet-shell', 'repair-runs', 'function-drills', 'dev-sessions'];
  for (const { path, bytes } of generateSamples(SAMPLES_SEED)) {
    if (streams.some((stream) => path.startsWith(`${stream}/`)) && !path.endsWith('.md')) space.trace(path, bytes);
  }
  return [...writeDesks(space, 4, 700), ...streams.map((name) => ({ name, paths: [`../traces/${name}`] }))];
}
