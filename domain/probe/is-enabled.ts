import type { NightlySettings } from '../../schemas/probe-settings.ts';

/** Whether the nightly probe is on: only the boolean true and the word `true` turn it on. */
export function isProbeEnabled({ enabled }: { readonly enabled: NightlySettings['enabled'] }): boolean {
  return enabled === true || enabled === 'true';
}
