import { KNOB_DESCRIPTIONS } from '../../schemas/knob-descriptions.ts';
import type { KnobName } from '../../schemas/search-knobs.ts';

/** The config key of a knob. */
export function knobKey(knob: KnobName): string {
  return `search.${knobSetting(knob)}`;
}

/** The name of a knob below `search` in the config: the reranker's own name stands for its server there. */
export function knobSetting(knob: KnobName): string {
  return knob === 'reranker' ? 'rerank' : knob;
}

/** All knobs, in the order in which people are shown them. */
export const KNOB_NAMES = Object.keys(KNOB_DESCRIPTIONS) as KnobName[];
