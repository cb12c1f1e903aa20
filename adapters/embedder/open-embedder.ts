import type { Embedder } from '../../activities/search-ports.ts';
import type { EmbedderSettings } from '../../schemas/search-settings.ts';
import { deterministicEmbedder } from './deterministic-embedder.ts';
import type { EmbedderPlace } from './embedder-place.ts';
import { openOnnxEmbedder } from './onnx-embedder.ts';
import { openOpenAiEmbedder } from './openai-embedder.ts';

/** Opens an embedder by its entry of the config. ConfigError when a key, a model or the optional part is missing. */
export async function openEmbedder(name: string, settings: EmbedderSettings, place: EmbedderPlace): Promise<Embedder> {
  if (settings.kind === 'deterministic') return deterministicEmbedder;
  return settings.kind === 'openai' ? openOpenAiEmbedder(name, settings, place) : openOnnxEmbedder(name, settings, place);
}
