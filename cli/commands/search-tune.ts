import { nowMs } from '../../adapters/clock.ts';
import { editConfig, statedValue } from '../../adapters/files/edit-config.ts';
import { readSearchCalls } from '../../adapters/search/telemetry.ts';
import { createRedactor, SECRET_FAMILIES } from '../../domain/redaction/index.ts';
import { recommendTuning, TUNING_DAYS, type Recommendation } from '../../domain/telemetry/index.ts';
import type { SearchTune } from '../../schemas/search-tune.ts';
import { configFile } from '../config-place.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import { workspaceFolder, type PlaceOptions } from '../places.ts';
import { readKnobSetup } from '../search/knob-setup.ts';
import { placeFlags, shellWord } from '../search/shell-words.ts';

const DAY_MS = 86_400_000;

export interface SearchTuneOptions extends PlaceOptions {
  readonly apply?: boolean;
  readonly json?: boolean;
}

/** `lauter search tune`: what the searches of the last 7 days suggest to change; with --apply the config is changed so. */
export function searchTune(io: Io, options: SearchTuneOptions): ExitCode {
  const since = new Date(nowMs() - TUNING_DAYS * DAY_MS).toISOString();
  const { calls } = readSearchCalls(workspaceFolder(io, options), since);
  const { file, config, resolved } = readKnobSetup(io, options);
  // Who reads what is found in earnest counts before who reads it in evaluations.
  const readerModel = config.cost.downstream_model ?? config.eval.reader?.model ?? null;
  const found = recommendTuning(calls, { mode: resolved.mode, knobs: resolved.knobs, readerModel });
  const recommendations = (found ?? []).map((one) => withCommands(one, file, options));
  if (options.apply === true && found !== null && found.length > 0) {
    const changes = found.map(({ setting, to }) => ({ path: ['search', setting], value: to }));
    editConfig(configFile(io, options), changes, createRedactor(SECRET_FAMILIES));
  }
  const tune: SearchTune = {
    schema_version: 2,
    status: found === null ? 'insufficient_data' : found.length === 0 ? 'no_recommendations' : 'has_recommendations',
    calls: calls.length,
    recommendations,
    applied: options.apply === true ? recommendations.map(({ id }) => id) : [],
  };
  io.out(options.json === true ? JSON.stringify(tune, null, 2) : tell(tune));
  return EXIT.accepted;
}

function withCommands(one: Recommendation, file: string, options: PlaceOptions): SearchTune['recommendations'][number] {
  const { setting, ...told } = one;
  const key = `search.${setting}`;
  const before = statedValue(file, ['search', setting]);
  const place = placeFlags(options);
  return {
    ...told,
    key,
    evidence: { ...told.evidence },
    apply_command: `lauter config set ${key} ${String(one.to)}${place}`,
    revert_command:
      before === undefined ? `lauter config unset ${key}${place}` : `lauter config set ${key} ${shellWord(String(before))}${place}`,
  };
}

const STATUS_TOLD = {
  insufficient_data: 'too few searches in 7 days to say anything',
  no_recommendations: 'nothing to change',
  has_recommendations: 'what could be changed',
} as const;

function tell({ status, calls, recommendations, applied }: SearchTune): string {
  const told = recommendations.flatMap((one) => [
    '',
    `${one.key}: ${String(one.from)} -> ${String(one.to)}${applied.includes(one.id) ? ' (applied)' : ''}`,
    `  ${one.reason}`,
    `  ${Object.entries(one.evidence)
      .map(([name, value]) => `${name} ${String(value)}`)
      .join(', ')}`,
    `  ${applied.includes(one.id) ? `revert: ${one.revert_command}` : `apply: ${one.apply_command}`}`,
  ]);
  return [`${calls} searches: ${STATUS_TOLD[status]}`, ...told].map(plain).join('\n');
}
