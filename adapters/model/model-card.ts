import { canonicalJson } from '../../domain/shared/canonical-json.ts';
import { asCount, asString, isObject, type JsonObject, type JsonValue } from '../../domain/shared/json.ts';
import type { ModelCard } from '../../schemas/bench-model-summary.ts';
import { sha256 } from '../digest.ts';

/** Fields that some servers fill anew for every request, so that they say nothing about the model. */
const FLEETING: ReadonlySet<string> = new Set(['created', 'permission']);

/**
 * What a server's card says about the model behind an id. `raw_sha256` is the hash of the canonical JSON of the card, without the fields that servers fill
 * anew for every request; where the card names no digest, that hash tells one model from another. Undefined for a card that cannot be hashed.
 */
export function readModelCard(id: string, card: JsonObject): ModelCard | undefined {
  const lasting = Object.fromEntries(Object.entries(card).filter(([key]) => !FLEETING.has(key)));
  const raw = hash(lasting);
  if (raw === undefined) return undefined;
  return {
    digest: firstText(card, [['digest'], ['sha256'], ['details', 'digest'], ['meta', 'digest']]),
    raw_sha256: raw,
    id,
    quantization: firstText(card, [
      ['quantization'],
      ['details', 'quantization_level'],
      ['quantization_config', 'quant_method'],
      ['meta', 'quantization'],
    ]),
    context_length: firstLength(card, [
      ['context_length'],
      ['max_model_len'],
      ['max_context_length'],
      ['context_window'],
      ['meta', 'n_ctx'],
      ['meta', 'n_ctx_train'],
    ]),
  };
}

/** Nesting beyond all measure has no canonical form. */
function hash(card: JsonObject): string | undefined {
  try {
    return sha256(canonicalJson(card));
  } catch {
    return undefined;
  }
}

type Path = readonly [string] | readonly [string, string];

function firstText(card: JsonObject, paths: readonly Path[]): string | null {
  return paths.map((path) => asString(valueAt(card, path))).find((text) => text !== undefined && text !== '') ?? null;
}

function firstLength(card: JsonObject, paths: readonly Path[]): number | null {
  return paths.map((path) => asCount(valueAt(card, path))).find((count) => count !== undefined && count > 0) ?? null;
}

function valueAt(card: JsonObject, [key, inner]: Path): JsonValue | undefined {
  const value = card[key];
  if (inner === undefined) return value;
  return isObject(value) ? value[inner] : undefined;
}
