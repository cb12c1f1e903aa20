import { readFileSync } from 'node:fs';

/** What a process used, as far as Linux tells while it lives. */
export interface Usage {
  readonly peakRssMb: number;
  readonly cpuSeconds: number;
}

const TICKS_PER_SECOND = 100;

/** Watches a process until it ends; the last look comes at most 50 ms before its end. */
export function watchProcess(pid: number): { stop(): Usage } {
  let usage: Usage = { peakRssMb: 0, cpuSeconds: 0 };
  const look = (): void => {
    usage = readUsage(pid) ?? usage;
  };
  look();
  const timer = setInterval(look, 50);
  return {
    stop() {
      clearInterval(timer);
      look();
      return usage;
    },
  };
}

/** Peak memory and CPU time so far, or undefined when the process is gone (or this is not Linux). */
export function readUsage(pid: number): Usage | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const peakKb = /VmHWM:\s+(\d+)/.exec(status)?.[1];
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (peakKb === undefined) return undefined;
    return { peakRssMb: Number(peakKb) / 1024, cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND };
  } catch {
    return undefined;
  }
}
