import type { Embedder } from '../../../activities/search-ports.ts';
import { tokensOf } from '../../../domain/replay/tokens.ts';
import { fnv1a32 } from '../../../domain/shared/deterministic-vector.ts';
import { createRandom } from '../../../domain/shared/random.ts';

const DIMENSIONS = 128;

/**
 * Texts with words in common lie near each other: a text is the sum of directions that its distinct words have by chance. No model is needed, and the
 * vectors lie in clusters as those of a model do.
 */
export function wordEmbedder(): Embedder {
  const directions = new Map<string, Float32Array>();
  const directionOf = (token: string): Float32Array => {
    const known = directions.get(token);
    if (known !== undefined) return known;
    const random = createRandom(fnv1a32(token));
    const direction = Float32Array.from({ length: DIMENSIONS }, () => random.next() - 0.5);
    directions.set(token, direction);
    return direction;
  };
  const known = new Map<string, string | null>();
  return {
    id: 'words',
    dimensions: DIMENSIONS,
    embed: async (texts) =>
      texts.map((text) => {
        const vector = new Float32Array(DIMENSIONS);
        for (const token of new Set(tokensOf(text, known))) {
          const direction = directionOf(token);
          for (let at = 0; at < DIMENSIONS; at += 1) vector[at]! += direction[at]!;
        }
        const length = Math.hypot(...vector) || 1;
        return vector.map((value) => value / length);
      }),
    close: async () => undefined,
  };
}
