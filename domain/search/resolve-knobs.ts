import type { KnobName, KnobValue, SearchKnobs } from '../../schemas/search-knobs.ts';
import type { SearchSettings } from '../../schemas/search-settings.ts';
import { SEARCH_MODES, type KnobSource, type SearchMode, type SearchStrategy } from '../../schemas/vocabulary.ts';
import { isAutocutJump } from './autocut.ts';
import { KEYWORD_STRATEGY_KNOBS, KNOB_BUNDLES } from './knob-bundles.ts';
import { KNOB_DESCRIPTIONS } from '../../schemas/knob-descriptions.ts';
import { KNOB_NAMES, knobKey } from './knob-names.ts';

/** Everything that has a say in the knobs of a search. */
export interface KnobRequest {
  /** The config section `search`. */
  readonly settings: SearchSettings;
  /** Instead of the mode of the config. */
  readonly mode?: string | undefined;
  readonly perCall?: Readonly<Partial<SearchKnobs>> | undefined;
  readonly strategy?: SearchStrategy | undefined;
  /** Value of LAUTER_SEARCH_SALVAGE. */
  readonly salvage?: string | undefined;
}

/** A knob, where its value came from, and what it does. */
export interface ResolvedKnob {
  readonly value: KnobValue;
  readonly source: KnobSource;
  readonly source_detail: string;
  readonly description: string;
}

export interface ResolvedKnobs {
  /** The bundle that was used: balanced when the name given is that of no mode. */
  readonly mode: SearchMode;
  readonly isModeValid: boolean;
  readonly knobs: SearchKnobs;
  readonly resolved: Readonly<Record<KnobName, ResolvedKnob>>;
}

/** One say in the matter; the first layer that names a knob decides it. */
interface Layer {
  readonly source: KnobSource;
  readonly values: Readonly<Partial<Record<string, KnobValue>>>;
  readonly tell: (knob: KnobName) => string;
}

/** The knobs of a search: what the call says, else its strategy, the environment, the config, the server's own settings, and last the mode's bundle. */
export function resolveKnobs(request: KnobRequest): ResolvedKnobs {
  const wanted = request.mode ?? request.settings.mode;
  const known = SEARCH_MODES.find((mode) => mode === wanted);
  const layers = layersOf(request, known);
  const resolved = Object.fromEntries(KNOB_NAMES.map((knob) => [knob, resolveKnob(knob, layers)])) as Record<KnobName, ResolvedKnob>;
  const knobs = Object.fromEntries(KNOB_NAMES.map((knob) => [knob, resolved[knob].value])) as SearchKnobs;
  return { mode: known ?? 'balanced', isModeValid: known !== undefined, knobs, resolved };
}

function layersOf({ settings, perCall, strategy, salvage }: KnobRequest, mode: SearchMode | undefined): Layer[] {
  const layers: Layer[] = [{ source: 'per-call', values: perCall ?? {}, tell: (knob) => `--set ${knob}` }];
  if (strategy === 'keyword') layers.push({ source: 'per-call', values: KEYWORD_STRATEGY_KNOBS, tell: () => '--strategy keyword' });
  if (salvage?.trim().toLowerCase() === 'off')
    layers.push({ source: 'override', values: { salvage: false }, tell: () => 'LAUTER_SEARCH_SALVAGE' });
  return [
    ...layers,
    { source: 'override', values: statedKnobs(settings), tell: knobKey },
    { source: 'override', values: recipeOf(settings), tell: () => 'search.reranker.timeout_ms' },
    { source: mode === undefined ? 'fallback' : 'mode', values: bundleOf(mode ?? 'balanced', settings), tell: () => mode ?? 'balanced' },
  ];
}

/** The knobs that the config states. Its key `search.reranker` tells of a server; whether it is used stands under `search.rerank`. */
function statedKnobs({ reranker: _server, rerank, ...settings }: SearchSettings): Partial<SearchKnobs> {
  const stated = Object.entries(settings).filter(([key, value]) => value !== undefined && isKnob(key));
  return { ...Object.fromEntries(stated), ...(rerank === undefined ? {} : { reranker: rerank === 'on' }) };
}

/** True for the name of a knob. */
export function isKnob(name: string): name is KnobName {
  return Object.hasOwn(KNOB_DESCRIPTIONS, name);
}

function recipeOf({ reranker }: SearchSettings): Layer['values'] {
  return reranker?.timeout_ms === undefined ? {} : { rerank_timeout_ms: reranker.timeout_ms };
}

/** The bundle of a mode where these settings count: what it wants only where configured is off where it is not. */
export function bundleOf(
  mode: SearchMode,
  { reranker, synopsis_model: synopsizer }: Pick<SearchSettings, 'reranker' | 'synopsis_model'>,
): SearchKnobs {
  const bundle = KNOB_BUNDLES[mode];
  return {
    ...bundle,
    reranker: bundle.reranker && reranker !== undefined,
    contextual: bundle.contextual === 'synopsis' && synopsizer === undefined ? 'title' : bundle.contextual,
  };
}

function resolveKnob(knob: KnobName, layers: readonly Layer[]): ResolvedKnob {
  const description = KNOB_DESCRIPTIONS[knob];
  const layer = layers.find(({ values }) => values[knob] !== undefined)!;
  const value = layer.values[knob]!;
  if (knob === 'autocut_jump' && !isAutocutJump(value as number)) {
    const ignored = `${layer.tell(knob)} is ${String(value)}, outside (0, 1]: ignored`;
    return { value: KNOB_BUNDLES.balanced.autocut_jump, source: 'fallback', source_detail: ignored, description };
  }
  return { value, source: layer.source, source_detail: layer.tell(knob), description };
}
