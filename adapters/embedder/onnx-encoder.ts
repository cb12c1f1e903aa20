import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { toUnitVector } from './unit-vector.ts';

/** A model with its tokenizer, ready for texts. */
export interface OnnxEncoder {
  readonly dimensions: number;
  /** The mean over the tokens of what the model makes of them, at length 1. Tokens beyond the limit of the encoder are left out. */
  encode(text: string): Promise<Float32Array>;
}

/** What is used of `onnxruntime-node`. */
interface Runtime {
  readonly InferenceSession: { create(path: string, options: { readonly intraOpNumThreads: number }): Promise<Session> };
  readonly Tensor: new (type: 'int64', values: BigInt64Array, dims: readonly number[]) => object;
}

interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(
    feeds: Readonly<Record<string, object>>,
  ): Promise<Readonly<Record<string, { readonly data: Float32Array; readonly dims: readonly number[] }>>>;
}

/** What is used of `@huggingface/tokenizers`. */
interface TokenizerLibrary {
  readonly Tokenizer: new (tokenizer: unknown, config: unknown) => { encode(text: string): { readonly ids: number[] } };
}

/**
 * Loads `model.onnx` and `tokenizer.json` of a folder with the libraries of the optional part. Texts go through the model one by one: a model with
 * 8-bit weights scales its numbers by all that goes through it together, and a text would have another vector in another company.
 */
export async function openOnnxEncoder(partFolder: string, modelFolder: string, maxTokens: number): Promise<OnnxEncoder> {
  const load = createRequire(join(partFolder, 'package.json'));
  const { InferenceSession, Tensor } = load('onnxruntime-node') as Runtime;
  const { Tokenizer } = load('@huggingface/tokenizers') as TokenizerLibrary;
  const tokenizer = new Tokenizer(readJson(join(modelFolder, 'tokenizer.json')), readJson(join(modelFolder, 'tokenizer_config.json')));
  const session = await InferenceSession.create(join(modelFolder, 'model.onnx'), { intraOpNumThreads: availableParallelism() });
  const ending = tokenizer.encode('').ids.at(-1);

  async function encode(text: string): Promise<Float32Array> {
    const ids = cutTokens(tokenizer.encode(text).ids, maxTokens, ending);
    const tensorOf = (values: readonly number[]): object => new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
    const inputs: Readonly<Record<string, object>> = {
      input_ids: tensorOf(ids),
      attention_mask: tensorOf(ids.map(() => 1)),
      token_type_ids: tensorOf(ids.map(() => 0)),
    };
    const output = (await session.run(Object.fromEntries(session.inputNames.map((name) => [name, inputs[name]!]))))[
      session.outputNames[0]!
    ]!;
    const dimensions = output.dims.at(-1)!;
    const vector = toUnitVector(meanOf(output.data, dimensions), dimensions);
    if (typeof vector === 'string') throw new Error(vector);
    return vector;
  }

  return { dimensions: (await encode('harbour')).length, encode };
}

/** A file that may be absent is one without settings. */
function readJson(path: string): unknown {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}

/** The token that ends every text stays at its end. */
function cutTokens(ids: readonly number[], maxTokens: number, ending: number | undefined): readonly number[] {
  if (ids.length <= maxTokens) return ids;
  return ids.at(-1) === ending ? [...ids.slice(0, maxTokens - 1), ending!] : ids.slice(0, maxTokens);
}

/** Of one row for each token; a model that pools by itself gives one row. */
function meanOf(rows: Float32Array, dimensions: number): Float64Array {
  const sums = new Float64Array(dimensions);
  for (let at = 0; at < rows.length; at += 1) sums[at % dimensions]! += rows[at]!;
  return sums;
}
