import { isProbeEnabled, remarksOnAudit } from '../../domain/probe/index.ts';
import type { ProbeStatus } from '../../schemas/probe-status.ts';
import { commandFor } from '../command-line.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import type { PlaceOptions } from '../places.ts';
import { loadProbe } from '../probe/load-probe.ts';
import { nextNight } from '../schedule/declare-schedules.ts';

export interface ProbeStatusOptions extends PlaceOptions {
  readonly json?: boolean;
}

/** `lauter probe nightly status`: whether it is on, what came of it last, and when it is due, from config and audit files alone. */
export function probeStatus(io: Io, options: ProbeStatusOptions): ExitCode {
  const { config, audit } = loadProbe(io, options);
  const { nightly } = config.probe;
  const enabled = isProbeEnabled(nightly);
  const nowMs = Date.now();
  const history = audit.read(nowMs);
  const status: ProbeStatus = {
    schema_version: 1,
    enabled,
    last_event: history.events.at(-1) ?? null,
    next_due: enabled ? nextNight(nightly, nowMs) : null,
    max_usd: nightly.max_usd,
    window_hours: nightly.window_hours,
  };
  for (const remark of remarksOnAudit(history, nowMs)) io.err(`notice: ${plain(remark)}`);
  io.out(options.json === true ? JSON.stringify(status, null, 2) : tell(status, options));
  return EXIT.accepted;
}

function tell({ enabled, last_event: last, next_due: next, max_usd, window_hours }: ProbeStatus, options: PlaceOptions): string {
  return [
    enabled ? `on; next due ${next ?? 'never'}` : `off; to turn it on: \`${commandFor('probe nightly enable', options)}\``,
    `at most $${max_usd} a night; a run by hand waits ${window_hours} h after one that counts`,
    last === null
      ? 'nothing ran in this week or the one before'
      : `last: ${last.ts} ${last.kind} ${last.outcome}${last.detail === undefined ? '' : `, ${plain(last.detail)}`}`,
  ].join('\n');
}
