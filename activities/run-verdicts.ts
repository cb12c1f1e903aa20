import { verdictsDigest, verdictsInForce, type VerdictsInForce } from '../domain/review/index.ts';
import type { ShardEntry } from '../schemas/manifest.ts';
import type { Verdict } from '../schemas/verdict.ts';
import type { DistillInput } from './contract.ts';
import type { Ports } from './ports.ts';

const SNAPSHOT = 'verdicts';
const SHARDS = 'verdict-shards';

/** Fixes what people have said so far: a verdict that comes while a run goes on counts in the next one. */
export async function takeVerdicts(ports: Ports, run: DistillInput): Promise<void> {
  if (ports.runs.has(run.run_id, SNAPSHOT)) return;
  const inForce = verdictsInForce(await ports.verdicts.all());
  ports.runs.write(run.run_id, SNAPSHOT, [...inForce.values()].flat());
}

/** The verdicts that count in a run, by evidence id. */
export function readVerdicts(ports: Pick<Ports, 'runs'>, run: Pick<DistillInput, 'run_id'>): VerdictsInForce {
  return verdictsInForce(ports.runs.has(run.run_id, SNAPSHOT) ? ports.runs.read<readonly Verdict[]>(run.run_id, SNAPSHOT) : []);
}

/** What names the verdicts of a run, over all records; empty when there are none. */
export function runVerdictsDigest(ports: Pick<Ports, 'runs' | 'digests'>, run: Pick<DistillInput, 'run_id'>): string {
  const inForce = readVerdicts(ports, run);
  return verdictsDigest(inForce, [...inForce.keys()], ports.digests.sha256) ?? '';
}

/** Finds which finished shards hold a record that somebody judged, so that only those are scored again. */
export async function placeVerdicts(ports: Ports, run: DistillInput, shards: readonly ShardEntry[]): Promise<void> {
  const ids = [...readVerdicts(ports, run).keys()];
  if (ids.length > 0) ports.runs.write(run.run_id, SHARDS, await ports.lake.shardsOf(shards, ids));
}

/** Name of the verdicts on the records of a shard; null when there are none. */
export function shardVerdicts(ports: Pick<Ports, 'runs' | 'digests'>, run: Pick<DistillInput, 'run_id'>, shard: string): string | null {
  if (!ports.runs.has(run.run_id, SHARDS)) return null;
  const ids = ports.runs.read<Readonly<Record<string, readonly string[]>>>(run.run_id, SHARDS)[shard] ?? [];
  return verdictsDigest(readVerdicts(ports, run), ids, ports.digests.sha256);
}
