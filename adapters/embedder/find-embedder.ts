import { ConfigError } from '../../domain/shared/errors.ts';
import type { EmbedderSettings, SearchSettings } from '../../schemas/search-settings.ts';

/**
 * The settings of the embedder that goes by a name, of the one that the config names when none is given; null for `none`. `deterministic` needs no entry.
 * ConfigError for a name that nothing goes by.
 */
export function findEmbedder(
  { embedder, embedders }: Pick<SearchSettings, 'embedder' | 'embedders'>,
  name: string = embedder,
): EmbedderSettings | null {
  if (Object.hasOwn(embedders, name)) return embedders[name]!;
  if (name === 'none') return null;
  if (name === 'deterministic') return { kind: 'deterministic' };
  const known = ['none', 'deterministic', ...Object.keys(embedders)];
  throw new ConfigError(
    `looking for an embedder: expected one of ${known.join(', ')}, found ${JSON.stringify(name)}.`,
    `Add search.embedders.${name} to the config, or name another one.`,
    { reason: 'embedder_unknown' },
  );
}
