import type { DistillInput } from './contract.ts';
import type { Ports } from './ports.ts';

/** Fixes which releases bind the splits of a run. */
export function takeReleases(ports: Ports, run: DistillInput): void {
  if (!ports.runs.has(run.run_id, 'releases')) ports.runs.write(run.run_id, 'releases', ports.lake.releasesKey());
}

/** Names the releases that a run began with; empty when there were none. */
export function releasesOf(ports: Pick<Ports, 'runs'>, run: Pick<DistillInput, 'run_id'>): string {
  return ports.runs.has(run.run_id, 'releases') ? ports.runs.read<string>(run.run_id, 'releases') : '';
}
