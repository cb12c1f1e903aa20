import type { DownstreamPrice } from '../../activities/suites/run-document.ts';
import { COST_ANCHORS, priceOf } from '../../domain/cost/index.ts';
import type { CostSettings } from '../../schemas/cost-settings.ts';

/** What the model that reads passages pays for them: `cost.downstream_model`, else the reference of a mid-sized one. ConfigError where it has no price. */
export function downstreamPrice(cost: CostSettings): DownstreamPrice {
  const { downstream_model: model, version: table } = cost;
  if (model === undefined) return { model: null, input_per_million: COST_ANCHORS.inputPerMillion.mid, table };
  return { model, input_per_million: priceOf(cost, model).input_per_million, table };
}
