import { editConfig, statedValue } from '../../adapters/files/edit-config.ts';
import { costTables } from '../../domain/cost/index.ts';
import { createRedactor, SECRET_FAMILIES } from '../../domain/redaction/index.ts';
import { bundleOf, KNOB_NAMES, knobKey, knobSetting } from '../../domain/search/index.ts';
import type { SearchModes } from '../../schemas/search-modes.ts';
import { SEARCH_MODES, type SearchMode } from '../../schemas/vocabulary.ts';
import { configFile } from '../config-place.ts';
import { tellCosts } from '../cost/tell-costs.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { hashSetup } from '../search/hash-setup.ts';
import { readKnobSetup } from '../search/knob-setup.ts';
import { textTable } from '../text-table.ts';

export interface SearchModesOptions extends PlaceOptions {
  readonly reset?: boolean;
  readonly source?: SearchMode;
  readonly costs?: boolean;
  readonly json?: boolean;
}

/** `lauter search modes`: every knob with the value that counts and who decided it; with --costs also what each mode costs its reader. */
export async function searchModes(io: Io, options: SearchModesOptions): Promise<ExitCode> {
  const cleared = options.reset === true ? clearKnobs(io, options) : [];
  const active = readKnobSetup(io, options).resolved;
  const shown = readKnobSetup(io, options, options.source);
  const bundles = Object.fromEntries(SEARCH_MODES.map((mode) => [mode, bundleOf(mode, shown.config.search)])) as SearchModes['bundles'];
  const modes: SearchModes = {
    schema_version: 2,
    active_mode: active.mode,
    active_mode_valid: active.isModeValid,
    shown_mode: shown.resolved.mode,
    resolved: shown.resolved.resolved,
    bundles,
    config_keys: ['search.mode', ...KNOB_NAMES.map(knobKey)],
    knob_hash: await hashSetup(io, shown),
    cleared,
    ...(options.costs === true ? { costs: costTables(shown.config.cost, bundles) } : {}),
  };
  io.out(options.json === true ? JSON.stringify(modes, null, 2) : tell(modes));
  return EXIT.accepted;
}

/** Takes what the config states of knobs away; the keys that were taken. */
function clearKnobs(io: Io, options: PlaceOptions): string[] {
  const file = configFile(io, options);
  const stated = KNOB_NAMES.filter((knob) => statedValue(file, ['search', knobSetting(knob)]) !== undefined);
  if (stated.length === 0) return [];
  const changes = stated.map((knob) => ({ path: ['search', knobSetting(knob)], value: undefined }));
  editConfig(file, changes, createRedactor(SECRET_FAMILIES));
  return stated.map(knobKey);
}

function tell({
  active_mode: active,
  active_mode_valid: isValid,
  shown_mode: shown,
  resolved,
  knob_hash: hash,
  cleared,
  costs,
}: SearchModes): string {
  const rows = Object.entries(resolved).map(([knob, { value, source, source_detail: detail }]) => [
    knob,
    value === null ? 'none' : String(value),
    source,
    plain(detail),
  ]);
  return [
    ...(cleared.length === 0 ? [] : [`no longer set: ${cleared.join(', ')}`]),
    `mode: ${active}${isValid ? '' : ' (search.mode names none that there is)'}${shown === active ? '' : `; shown: ${shown}`}`,
    `knob hash: ${hash}`,
    '',
    textTable(['Knob', 'Value', 'Source', 'Detail'], rows),
    ...(costs === undefined ? [] : ['', tellCosts(costs)]),
  ].join('\n');
}
