import type { Retriever, SearchRequest } from '../../activities/search-ports.ts';
import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import type { RetrieverSettings } from '../../schemas/search-settings.ts';
import { sha256 } from '../digest.ts';
import { asRetriever } from './as-retriever.ts';
import { openCommandEngine } from './command-engine.ts';
import type { Engine, EnginePlace } from './engine.ts';
import { openHttpEngine } from './http-engine.ts';
import { checkPaths } from './read-results.ts';

/** What engines of others are opened in, and how many results a request is to bring, by its knobs, mode and config. */
export interface OtherRetrieverPlace extends EnginePlace {
  limitOf(request: SearchRequest): number;
}

/**
 * Opens a search engine that is not ours, by its entry of `search.retrievers`. ConfigError when the entry cannot be used: a path or template that says nothing,
 * a program or tool that is not there, a host that is not allowed. Programs are started and servers connected here; close the retriever in the end.
 */
export async function openOtherRetriever(name: string, settings: RetrieverSettings, place: OtherRetrieverPlace): Promise<Retriever> {
  if (settings.kind !== 'command') checkPaths(settings, `search.retrievers.${name}`);
  const engine = await openEngine(name, settings, place);
  return asRetriever(engine, { name, knobHash: hashSettings(settings), limitOf: (request) => place.limitOf(request) });
}

async function openEngine(name: string, settings: RetrieverSettings, place: EnginePlace): Promise<Engine> {
  if (settings.kind === 'http') return openHttpEngine(name, settings, place);
  if (settings.kind === 'command') return openCommandEngine(name, settings, place);
  // The SDK takes a third of a second to load.
  const { openMcpEngine } = await import('./mcp-engine.ts');
  return openMcpEngine(name, settings, place);
}

/** Stands for all that decides an answer. Headers and keys do not, and change when a key does. */
function hashSettings(settings: RetrieverSettings): string {
  const {
    headers: _,
    api_key_env: __,
    pass_env: ___,
    timeout_ms: ____,
    ...asked
  } = settings as unknown as Record<string, JsonValue | undefined>;
  return sha256(canonicalJson({ knob_schema: 1, retriever: asked as JsonValue })).slice(0, 16);
}
