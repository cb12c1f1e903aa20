import { spawn } from 'node:child_process';
import type { RunSummary } from '../../schemas/run-summary.ts';
import { LAUTER, PROJECT_ROOT } from '../support/run-lauter.ts';
import { watchProcess, type Usage } from './watch-process.ts';

/** A run of the program and what it took. */
export interface Measured {
  readonly seconds: number;
  readonly usage: Usage;
  readonly summary: RunSummary;
}

/** Refines one file in a process of its own. */
export function runAll(workspace: string, file: string, more: readonly string[] = []): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, [LAUTER, 'distill', 'run-all', '--json', '--workspace', workspace, file, ...more], {
      cwd: PROJECT_ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const watch = watchProcess(child.pid!);
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (text) => (stdout += String(text)));
    child.stderr.on('data', (text) => (stderr += String(text)));
    child.on('error', reject);
    child.on('close', (code) => {
      const seconds = (performance.now() - started) / 1000;
      if (code === 0) resolve({ seconds, usage: watch.stop(), summary: JSON.parse(stdout) as RunSummary });
      else reject(new Error(`run-all ended with ${code}: ${stderr}`));
    });
  });
}
