import { EXTRACTIVE_MODEL, extractAnswer } from '../../domain/replay/index.ts';
import type { RecordedAnswer } from '../../schemas/recorded-answer.ts';
import type { ReplayModel } from './replay-world.ts';

/** Name of the model that plays back. */
export const RECORDED_MODEL = 'recorded';

const ENDLESS = { windowTokens: null, answerTokens: 0 } as const;

/** `extractive/1`: quotes the best-matching sentences of the bundle. It needs no network and costs nothing. */
export function extractiveModel(): ReplayModel {
  return {
    name: EXTRACTIVE_MODEL,
    window: ENDLESS,
    answer: ({ task, bundle }) => Promise.resolve({ state: 'answered', text: extractAnswer(task, bundle), usage: {} }),
  };
}

/** `recorded`: what was answered before to the very same messages. What nobody recorded gets no answer. */
export function recordedModel(answers: ReadonlyMap<string, RecordedAnswer>): ReplayModel {
  return {
    name: RECORDED_MODEL,
    window: ENDLESS,
    answer: ({ requestDigest }) => {
      const found = answers.get(requestDigest);
      if (found === undefined)
        return Promise.resolve({ state: 'failed', detail: `no recorded answer for the request ${requestDigest}`, usage: {} });
      return Promise.resolve({ state: 'answered', text: found.answer, usage: found.usage ?? {} });
    },
  };
}
