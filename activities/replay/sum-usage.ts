import { sumUsd } from '../../domain/cost/index.ts';
import type { Usage } from '../../schemas/evidence.ts';

/** What two calls used together, their time aside. A figure that only one of them knows is that one's; one that neither knows is left out. */
export function sumUsage(left: Usage, right: Usage): Usage {
  const sum = (name: 'prompt_tokens' | 'completion_tokens'): Usage =>
    left[name] === undefined && right[name] === undefined ? {} : { [name]: (left[name] ?? 0) + (right[name] ?? 0) };
  const costs = [left.cost_usd, right.cost_usd].filter((cost) => cost !== undefined);
  return {
    ...sum('prompt_tokens'),
    ...sum('completion_tokens'),
    ...(costs.length === 0 ? {} : { cost_usd: sumUsd(costs) }),
  };
}
