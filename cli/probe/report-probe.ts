import { glossaryBlock } from '../../domain/glossary/index.ts';
import { isProbeEnabled, remarksOnAudit } from '../../domain/probe/index.ts';
import { makeFooter } from '../../domain/reproducibility/index.ts';
import { sumUsd } from '../../domain/cost/index.ts';
import { renderProbe } from '../../reports/probe/render-probe.ts';
import type { ProbeHistory } from '../../schemas/probe-history.ts';
import { codeOf } from '../../worker/inputs/code-commit.ts';
import { tellReport } from '../bench/tell-report.ts';
import type { Io } from '../io.ts';
import { commandLineOf } from '../reproducibility/command-line-of.ts';
import { nextNight } from '../schedule/declare-schedules.ts';
import type { LoadedProbe } from './load-probe.ts';

/** Writes the history of the probe into a folder: every row that the audit files have. */
export async function reportProbe(io: Io, { config, audit }: LoadedProbe, folder: string): Promise<void> {
  const { nightly } = config.probe;
  const nowMs = Date.now();
  const rows = audit.readAll();
  const { events } = rows;
  const enabled = isProbeEnabled(nightly);
  const until = new Date(nowMs).toISOString();
  const { version, commit, is_dirty } = await codeOf(io.env);
  const history: ProbeHistory = {
    schema_version: 1,
    until,
    enabled,
    next_due: enabled ? nextNight(nightly, nowMs) : null,
    max_usd: nightly.max_usd,
    window_hours: nightly.window_hours,
    corrupt_lines: rows.corrupt,
    notices: remarksOnAudit(rows, nowMs),
    events: [...events],
    _meta: {
      ...glossaryBlock([...new Set(events.flatMap(({ metrics }) => Object.keys(metrics)))]),
      footer: makeFooter({
        commit: commit === null || is_dirty !== true ? commit : `${commit} dirty`,
        lauter_version: version,
        datasets: [],
        question_set_hash: null,
        // Nothing is drawn: the rows are read as they stand.
        seed: 'none',
        resamples: 0,
        arms: [],
        prompt_hashes: {},
        models: [],
        commands: [commandLineOf(io)],
        run_ids: events.flatMap(({ run_uid: uid }) => uid ?? []),
        started_at: events[0]?.ts ?? until,
        finished_at: until,
        cost: {
          estimated_usd: sumUsd(events.map(({ est_cost_usd: usd }) => usd)),
          settled_usd: sumUsd(events.map(({ actual_cost_usd: usd }) => usd)),
        },
        price_table: config.cost.version,
        degraded: {},
        errored: events.filter(({ outcome }) => outcome === 'error').length,
      }),
    },
  };
  tellReport(io, folder, renderProbe(history));
}
