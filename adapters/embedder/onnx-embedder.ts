import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Embedder } from '../../activities/search-ports.ts';
import { ConfigError } from '../../domain/shared/errors.ts';
import type { EmbedderSettings } from '../../schemas/search-settings.ts';
import { sha256Of } from '../digest.ts';
import { digestFile } from '../file-digest.ts';
import type { EmbedderPlace } from './embedder-place.ts';
import { findOnnxPart } from './onnx-part.ts';
import { startModel, type ModelProgram } from './onnx-process.ts';

/**
 * A sentence encoder on this machine, in a process of its own. Its id names the folder and holds a digest of model, tokenizer and settings: vectors of
 * another model are never taken for its own. ConfigError when the optional part or the model is missing, or cannot be loaded.
 */
export async function openOnnxEmbedder(
  name: string,
  settings: Extract<EmbedderSettings, { kind: 'onnx' }>,
  { env, base }: Omit<EmbedderPlace, 'pay'>,
  program?: ModelProgram,
): Promise<Embedder> {
  const { max_tokens: maxTokens, query_prefix: queryPrefix, passage_prefix: passagePrefix } = settings;
  const partFolder = findOnnxPart(env);
  const modelFolder = resolve(base, settings.folder);
  const digests = ['model.onnx', 'tokenizer.json'].map((file) => digestOf(name, join(modelFolder, file)));
  const model = await startModel({ partFolder, modelFolder, maxTokens }, program);
  const digest = sha256Of(...digests, JSON.stringify([maxTokens, queryPrefix, passagePrefix])).slice(0, 16);
  return {
    id: `onnx:${basename(modelFolder)}@${digest}:${model.dimensions}`,
    dimensions: model.dimensions,
    async embed(texts, kind, signal) {
      const prefix = kind === 'query' ? queryPrefix : passagePrefix;
      const vectors: Float32Array[] = [];
      for (const text of texts) vectors.push(await model.encode(prefix + text, signal));
      return vectors;
    },
    close: () => model.close(),
  };
}

function digestOf(name: string, path: string): string {
  if (existsSync(path)) return digestFile(path).sha256;
  throw new ConfigError(
    `opening the embedder ${name}, on ${path}: expected a file, found none.`,
    `Put model.onnx and tokenizer.json of a sentence encoder there, or set search.embedders.${name}.folder to where they are.`,
    { reason: 'model_missing' },
  );
}
