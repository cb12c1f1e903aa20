import type { CostSettings } from '../../schemas/cost-settings.ts';

/** Most that a run of a command may spend, in US dollars: what the command line says, else the config, else the default; null is no limit. */
export function capOf(
  { per_command_usd: stated }: Pick<CostSettings, 'per_command_usd'>,
  command: string,
  { flagUsd, defaultUsd = null }: { readonly flagUsd?: number | undefined; readonly defaultUsd?: number | null },
): number | null {
  return flagUsd ?? (Object.hasOwn(stated, command) ? stated[command] : undefined) ?? defaultUsd;
}
