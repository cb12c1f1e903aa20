import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Retriever, SearchRequest } from '../../../activities/search-ports.ts';
import { openOtherRetriever, type OtherRetrieverPlace } from '../../../adapters/retriever/open-other-retriever.ts';
import { retrieverSettingsSchema } from '../../../schemas/search-settings.ts';

export interface OpenBrain {
  readonly retriever: Retriever;
  /** What it said beside its answers. */
  readonly told: readonly string[];
}

const loader = fileURLToPath(new URL('../typescript-loader.mjs', import.meta.url));

/** Opens an entry of `search.retrievers` as the program does, named `brain`, and closes it when the test ends. */
export async function openBrain(entry: unknown, more: Partial<OtherRetrieverPlace> = {}): Promise<OpenBrain> {
  const told: string[] = [];
  const retriever = await openOtherRetriever('brain', retrieverSettingsSchema.parse(entry), {
    env: { PATH: process.env.PATH },
    base: fileURLToPath(new URL('.', import.meta.url)),
    rules: { allowedHosts: [] },
    tell: (line) => told.push(line),
    limitOf: ({ knobs }) => (typeof knobs?.limit === 'number' ? knobs.limit : 10),
    ...more,
  });
  onTestFinished(() => retriever.close());
  return { retriever, told };
}

/** A search of the harbour collection. */
export function ask(query: string, more: Partial<SearchRequest> = {}): SearchRequest {
  return { collection: 'coast', query, strategy: 'hybrid', isEvaluation: true, ...more };
}

/** The words of the program that answers line by line; `way` is how it misbehaves. */
export function commandBrain(way: string): string[] {
  return [process.execPath, 'command-brain.mjs', way];
}

/** The words of the MCP server over standard streams. */
export function mcpBrain(): string[] {
  return [process.execPath, '--import', loader, 'mcp-program.ts'];
}
