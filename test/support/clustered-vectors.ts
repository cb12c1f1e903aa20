import { createRandom, deriveSeed, type Random } from '../../domain/shared/random.ts';

export interface Clusters {
  readonly seed: number;
  readonly count: number;
  readonly dimensions: number;
  readonly clusters: number;
  /** Standard deviation around a centre; the centres' own is 1. */
  readonly spread: number;
  /** Seed of a set whose centres these vectors share, as queries do. */
  readonly centresOf?: number;
}

/** Unit vectors in clusters, as those of texts are, one after another; the same for the same seed. */
export function clusteredVectors({ seed, count, dimensions, clusters, spread, centresOf = seed }: Clusters): Float32Array {
  const centres = normals(createRandom(deriveSeed(centresOf, 'centres')), clusters * dimensions);
  const random = createRandom(deriveSeed(seed, 'vectors'));
  const vectors = new Float32Array(count * dimensions);
  for (let place = 0; place < count; place += 1) {
    const centre = random.int(clusters) * dimensions;
    const vector = normals(random, dimensions).map((value, at) => centres[centre + at]! + spread * value);
    const length = Math.hypot(...vector);
    vectors.set(
      vector.map((value) => value / length),
      place * dimensions,
    );
  }
  return vectors;
}

/** Box and Muller. */
function normals(random: Random, count: number): Float64Array {
  return Float64Array.from({ length: count }, () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next()));
}
