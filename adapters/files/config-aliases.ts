import { valueAt, type ConfigPath } from './config-keys.ts';

/** Two keys of one meaning that say different things. */
interface AliasConflict {
  readonly alias: ConfigPath;
  readonly own: ConfigPath;
  readonly found: unknown;
  readonly wanted: unknown;
}

const ALIAS = ['autopilot', 'nightly_quality_probe'] as const;
const OWN = ['probe', 'nightly'] as const;

/**
 * A config document with what it says under names of gbrain told under our own, too, where those say nothing. Where both say something it has to be the same.
 * A document that has another form than a config comes back as it is.
 */
export function adoptAliases(document: unknown): { readonly document: unknown } | { readonly conflict: AliasConflict } {
  const named = valueAt(document, ALIAS);
  if (!isObject(document) || !isObject(named)) return { document };
  const probe = valueAt(document, [OWN[0]]) ?? {};
  const nightly = valueAt(document, OWN) ?? {};
  if (!isObject(probe) || !isObject(nightly)) return { document };
  for (const [key, text] of Object.entries(named)) {
    const found = meant(text);
    const stated = nightly[key];
    if (stated !== undefined && meant(stated) !== found)
      return { conflict: { alias: [...ALIAS, key], own: [...OWN, key], found: text, wanted: stated } };
  }
  // What is malformed is told where it stands.
  const adopted = Object.fromEntries(Object.entries(named).map(([key, text]) => [key, meant(text)]));
  const isUsable = Object.values(adopted).every((value) => typeof value !== 'string');
  return isUsable ? { document: { ...document, probe: { ...probe, nightly: { ...adopted, ...nightly } } } } : { document };
}

/** gbrain keeps numbers and truth as text. */
function meant(value: unknown): unknown {
  if (value === 'true' || value === 'false') return value === 'true';
  return typeof value === 'string' && /^(?:\d+\.?\d*|\.\d+)$/.test(value) ? Number(value) : value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
