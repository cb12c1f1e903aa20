import { formatDuration, formatInstant, formatNumber } from '../../reports/shared/format.ts';
import type { RunShow } from '../../schemas/run-show.ts';
import { plain } from '../io.ts';
import { textTable } from '../text-table.ts';
import { tellPosition, tellState } from './tell-runs.ts';

/** One run for people: state and reasons, what is done, what it reads, where it lies, and how to go on. */
export function tellRun({ run, reasons, stages, inputs, paths, next }: RunShow): string {
  const position = tellPosition(run);
  return [
    `run ${run.run_id}: ${tellState(run)}${position === '' ? '' : `, at ${position}`}`,
    ...(reasons.length > 0
      ? reasons.map(({ reason, detail }) => `  ${reason}: ${plain(detail)}`)
      : run.detail === '' || run.detail === run.state
        ? []
        : [`  ${plain(run.detail)}`]),
    tellTimes(run.started_at, run.ended_at),
    ...(run.workflow_id === null ? [] : [`workflow  ${plain(run.workflow_id)}`]),
    ...section(stages.length > 0, () => stageTable(stages)),
    ...section(inputs.length > 0, () => inputTable(inputs)),
    '',
    ...Object.entries(paths).flatMap(([name, path]) => (path === null ? [] : [`${name.padEnd(8)}  ${path}`])),
    ...section(next.length > 0, () => ['next:', ...next.map((command) => `  ${plain(command)}`)].join('\n')),
  ].join('\n');
}

function section(isWanted: boolean, text: () => string): string[] {
  return isWanted ? ['', text()] : [];
}

function tellTimes(startedAt: string | null, endedAt: string | null): string {
  const started = `started   ${startedAt === null ? 'unknown' : formatInstant(startedAt)}`;
  if (startedAt === null || endedAt === null) return started;
  return `${started}, ended ${formatInstant(endedAt)} (${formatDuration(Math.max(0, Date.parse(endedAt) - Date.parse(startedAt)))})`;
}

function stageTable(stages: RunShow['stages']): string {
  return textTable(
    ['stage', 'rows in', 'rows out', 'quarantined', 'shards', 'reused', 'time'],
    stages.map((stage) => [
      stage.stage,
      ...[stage.rows_in, stage.rows_out, stage.rows_quarantined, stage.shards, stage.shards_reused].map(formatNumber),
      formatDuration(stage.duration_ms),
    ]),
  );
}

function inputTable(inputs: RunShow['inputs']): string {
  return textTable(
    ['source', 'format', 'files', 'bytes'],
    inputs.map(({ name, adapter, files, bytes }) => [plain(name), adapter, formatNumber(files), formatNumber(bytes)]),
  );
}
