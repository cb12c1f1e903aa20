import type { PanelJudge, PanelSetup } from '../../activities/panel-contract.ts';
import { readApiKey } from '../../adapters/api-key.ts';
import { estimatePanel, priceOf, sumUsd } from '../../domain/cost/index.ts';
import { ConfigError, UsageError } from '../../domain/shared/errors.ts';
import type { Config } from '../../schemas/config.ts';
import type { CostSettings } from '../../schemas/cost-settings.ts';

/** What may be chosen for a panel. */
export interface PanelChoices {
  readonly dimensions: readonly string[];
  readonly cycles: number;
  readonly maxTokens: number;
  readonly isBlind: boolean;
  /** Other models for judges, by their slot. */
  readonly models?: Readonly<Record<string, string | undefined>>;
}

/** Everything of a panel but whose run it is and who pays. */
export type PanelFrame = Omit<PanelSetup, 'run_id' | 'budget'>;

/** Judges of the config and what they are asked with. ConfigError without a judge, and for one without a price or a key: nobody has been asked then. */
export function panelFrame(config: Config, env: Readonly<Record<string, string | undefined>>, choices: PanelChoices): PanelFrame {
  const judges = judgesOf(config, choices.models ?? {});
  for (const { model, api_key_env: variable } of judges) {
    priceOf(config.cost, model);
    readApiKey(env, variable ?? undefined);
  }
  return {
    judges,
    dimensions: choices.dimensions,
    cycles: choices.cycles,
    max_tokens: choices.maxTokens,
    blind_names: choices.isBlind ? knownModels(config, judges) : null,
    allowed_hosts: config.search.allowed_hosts,
  };
}

/** What a panel is expected to cost, in US dollars: each item so many calls of each judge. */
export function estimatePanelUsd(
  { judges, max_tokens: maxTokens }: Pick<PanelFrame, 'judges' | 'max_tokens'>,
  cost: CostSettings,
  callsOfAJudge: number,
): number {
  const prices = judges.map(({ model }) => priceOf(cost, model));
  return sumUsd([estimatePanel(prices, { questions: callsOfAJudge, cycles: 1, maxTokens })]);
}

function judgesOf({ eval: { panel } }: Config, models: Readonly<Record<string, string | undefined>>): PanelJudge[] {
  const stranger = Object.keys(models).find((id) => models[id] !== undefined && !Object.hasOwn(panel.judges, id));
  if (stranger !== undefined) {
    throw new UsageError(
      `choosing the model of slot ${stranger}, on --slot-${stranger}-model: expected a judge in eval.panel.judges.${stranger}, found none.`,
      'Say in the config where that judge is served; the flag then names another model of the same server.',
      { flag: `--slot-${stranger}-model` },
    );
  }
  const judges = Object.entries(panel.judges).map(([id, { base_url, model, api_key_env: key = null }]) => {
    return { id, base_url, model: models[id] ?? model, api_key_env: key };
  });
  if (judges.length > 0) return judges;
  throw new ConfigError(
    'looking for the judges of the panel, on eval.panel.judges: expected two or more, found none.',
    `Name them by slot: "eval": {"panel": {"judges": {"a": {"base_url": "http://127.0.0.1:8000/v1", "model": "NAME"}, "b": …}}}.`,
  );
}

/** Models that may have written what is judged, as far as the config knows any. */
function knownModels({ cost, eval: { reader, judge } }: Config, judges: readonly PanelJudge[]): string[] {
  const named = [...judges, reader, judge].flatMap((each) => each?.model ?? []);
  return [...new Set([...named, ...Object.keys(cost.prices)])];
}
