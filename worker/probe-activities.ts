import { Context } from '@temporalio/activity';
import { beating } from '../activities/bench/beating.ts';
import type { ProbeActivities } from '../activities/probe-contract.ts';
import type { ProbeWork } from '../activities/probe/work.ts';
import type { ProbeWorldPlace } from './probe-world.ts';

const NAMES: { readonly [Name in keyof ProbeActivities]: true } = {
  beginNight: true,
  openProbe: true,
  openPanel: true,
  endProbe: true,
  tellProbe: true,
};

/** The activities of the nightly probe: small files and one estimate, so that none of them waits for a thread. */
export function createProbeActivities(place: ProbeWorldPlace): ProbeActivities {
  let work: Promise<ProbeWork> | undefined;
  const activity = (name: keyof ProbeActivities) => (input: never) =>
    beating(async () => {
      const signal = Context.current().cancellationSignal;
      work ??= openWork(place);
      return (await work)[name](input, { throwIfStopped: () => signal.throwIfAborted(), report: () => undefined });
    });
  return Object.fromEntries(
    (Object.keys(NAMES) as (keyof ProbeActivities)[]).map((name) => [name, activity(name)]),
  ) as unknown as ProbeActivities;
}

/** Loaded when the first night begins: what it stands on would cost every worker its start. */
async function openWork(place: ProbeWorldPlace): Promise<ProbeWork> {
  const [{ createProbeWork }, { createProbeWorld }] = await Promise.all([
    import('../activities/probe/work.ts'),
    import('./probe-world.ts'),
  ]);
  return createProbeWork(createProbeWorld(place));
}
