import { openOnnxEncoder } from './onnx-encoder.ts';
import type { EncodeTask, ModelAnswer, ModelPlace } from './onnx-protocol.ts';

/**
 * The process in which a model runs: it says its dimensions when it is ready, then answers each text with a vector. It ends with the process that
 * started it, because then nothing keeps its loop going.
 */
const { partFolder, modelFolder, maxTokens } = JSON.parse(process.argv[2] ?? '{}') as ModelPlace;
// An interrupt at the terminal reaches both processes; what becomes of the work is for the other one to say.
process.on('SIGINT', () => undefined);
// An answer that nobody waits for any more is no error.
const say = (answer: ModelAnswer): void => void process.send?.(answer, () => undefined);

try {
  const encoder = await openOnnxEncoder(partFolder, modelFolder, maxTokens);
  process.on('message', ({ number, text }: EncodeTask) => {
    encoder.encode(text).then(
      (vector) => say({ state: 'encoded', number, vector }),
      (error: unknown) => say({ state: 'failed', number, problem: (error as Error).message }),
    );
  });
  say({ state: 'ready', dimensions: encoder.dimensions });
} catch (error) {
  say({ state: 'unusable', problem: (error as Error).message });
  process.disconnect();
}
