import type { ProbeActivities } from '../probe-contract.ts';
import { stopSignal } from '../stop-signal.ts';
import type { Attempt } from '../ports.ts';
import { endProbe, tellProbe } from './end-probe.ts';
import { openPanel } from './open-panel.ts';
import { beginNight, openProbe } from './open-probe.ts';
import type { ProbeWorld } from './world.ts';

/** The activities as a worker runs them: each with its attempt. */
export type ProbeWork = {
  readonly [Name in keyof ProbeActivities]: (
    input: Parameters<ProbeActivities[Name]>[0],
    attempt: Attempt,
  ) => ReturnType<ProbeActivities[Name]>;
};

/** Every activity of the nightly probe over one world. */
export function createProbeWork(world: ProbeWorld): ProbeWork {
  return {
    beginNight: async (night) => beginNight(world, night),
    openProbe: (probe) => openProbe(world, probe),
    openPanel: async (probe) => openPanel(world, probe),
    endProbe: (input) => endProbe(world, input),
    tellProbe: async (probe, attempt) => {
      const stop = stopSignal(attempt);
      try {
        await tellProbe(world, probe, stop.signal);
      } finally {
        stop.end();
      }
    },
  };
}
