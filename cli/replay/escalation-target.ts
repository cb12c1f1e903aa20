import { UsageError } from '../../domain/shared/errors.ts';
import type { ReplaySettings } from '../../schemas/replay-settings.ts';

/** Whether another model may be asked after a refusal. */
export interface EscalationOptions {
  readonly allowEscalation?: boolean;
  readonly localOnly?: boolean;
  readonly escalateTo?: string;
}

/** Who is asked after a refusal; null without --allow-escalation. UsageError for flags that do not go together. */
export function escalationTarget({ allowEscalation, localOnly, escalateTo }: EscalationOptions, settings: ReplaySettings): string | null {
  if (allowEscalation !== true) {
    if (escalateTo === undefined) return null;
    throw new UsageError('replaying: expected --allow-escalation with --escalate-to, found none.', 'Allow it, or leave --escalate-to out.');
  }
  if (localOnly === true) {
    throw new UsageError('replaying: expected --local-only or --allow-escalation, found both.', 'Leave one of them out.');
  }
  const target = escalateTo ?? settings.escalate_to;
  if (target !== undefined) return target;
  throw new UsageError(
    'replaying with --allow-escalation: expected a model to escalate to, found none.',
    'Name it with --escalate-to MODEL, or in the config as replay.escalate_to.',
  );
}
