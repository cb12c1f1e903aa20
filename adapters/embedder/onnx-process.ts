import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ConfigError, RetrieverError } from '../../domain/shared/errors.ts';
import { firstLine } from '../../domain/shared/text.ts';
import type { EncodeTask, ModelAnswer, ModelPlace } from './onnx-protocol.ts';

/** What runs the model: the built program unless stated. */
export interface ModelProgram {
  readonly file: URL;
  readonly execArgv: readonly string[];
}

/** A model in a process of its own. */
export interface ModelProcess {
  readonly dimensions: number;
  /** Rejects with a RetrieverError when the model cannot, or when the caller's time is over; with the signal's reason when it breaks off otherwise. */
  encode(text: string, signal?: AbortSignal): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Libraries tell much, over many lines. */
const MAX_PROBLEM_CHARS = 300;

interface Waiting {
  resolve(vector: Float32Array): void;
  reject(reason: unknown): void;
}

/**
 * Starts the process and waits until its model is loaded; ConfigError when it cannot be. It keeps nobody alive who waits for nothing. A process and no
 * thread: a thread that is ended within a call of the runtime, as an interrupt does, takes everything down with it.
 */
export async function startModel(place: ModelPlace, program?: ModelProgram): Promise<ModelProcess> {
  const { file, execArgv } = program ?? { file: new URL('./onnx-program.js', import.meta.url), execArgv: [] };
  const child = fork(fileURLToPath(file), [JSON.stringify(place)], {
    execArgv: [...execArgv],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const waiting = new Map<number, Waiting>();
  let next = 0;
  let isOver = false;
  const leave = (number: number): Waiting | undefined => {
    const one = waiting.get(number);
    waiting.delete(number);
    if (waiting.size === 0) child.channel?.unref();
    return one;
  };
  const end = (problem: string): void => {
    isOver = true;
    for (const number of waiting.keys()) leave(number)?.reject(modelFault(place, problem));
  };
  const dimensions = await new Promise<number>((resolve, reject) => {
    child.on('message', (answer: ModelAnswer) => {
      if (answer.state === 'ready') resolve(answer.dimensions);
      else if (answer.state === 'unusable') reject(loadFault(place, answer.problem));
      else if (answer.state === 'encoded') leave(answer.number)?.resolve(answer.vector);
      else leave(answer.number)?.reject(modelFault(place, answer.problem));
    });
    child.once('error', (error) => reject(loadFault(place, error.message)));
    child.once('exit', (code, signal) => {
      const problem = `its process ended with ${signal ?? `code ${code}`}`;
      reject(loadFault(place, problem));
      end(problem);
    });
  });
  child.unref();
  child.channel?.unref();
  return {
    dimensions,
    async encode(text, signal) {
      if (signal?.aborted === true) throw reasonOf(place, signal);
      if (isOver) throw modelFault(place, 'its process has ended');
      const number = next;
      next += 1;
      const vector = new Promise<Float32Array>((resolve, reject) => waiting.set(number, { resolve, reject }));
      const breakOff = (): void => leave(number)?.reject(reasonOf(place, signal));
      signal?.addEventListener('abort', breakOff, { once: true });
      child.channel?.ref();
      // Whatever keeps the task from being sent also ends the process, and that is heard of.
      child.send({ number, text } satisfies EncodeTask, () => undefined);
      try {
        return await vector;
      } finally {
        signal?.removeEventListener('abort', breakOff);
      }
    },
    async close() {
      if (isOver) return;
      child.ref();
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

function reasonOf(place: ModelPlace, signal: AbortSignal | undefined): unknown {
  const reason: unknown = signal?.reason;
  return reason instanceof DOMException && reason.name === 'TimeoutError' ? modelFault(place, 'none came in time') : reason;
}

function loadFault({ modelFolder }: ModelPlace, problem: string): ConfigError {
  return new ConfigError(
    `loading a sentence encoder, on ${modelFolder}: expected a model and a tokenizer that can be used, found: ${firstLine(problem, MAX_PROBLEM_CHARS)}`,
    'Take the files of a sentence encoder as they were published: model.onnx with input_ids and attention_mask, and its tokenizer.json.',
    { reason: 'model_unusable' },
  );
}

function modelFault({ modelFolder }: ModelPlace, problem: string): RetrieverError {
  return new RetrieverError(
    `embedding a text, on ${modelFolder}: expected a vector, found: ${firstLine(problem, MAX_PROBLEM_CHARS)}`,
    'Try again; if it stays so, the model is not made for this kind of use.',
    { kind: 'model' },
  );
}
