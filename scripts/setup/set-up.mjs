import { fileURLToPath } from 'node:url';
import { build, isBuilt } from './built.mjs';
import { withLock } from './lock.mjs';
import { arePackagesInstalled, installPackages } from './packages.mjs';
import { findServer } from './find-server.mjs';
import { installServer } from './install-server.mjs';
import { SetupError } from './setup-error.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');
const say = (text) => process.stderr.write(`setup: ${text}\n`);

/** Does what is missing, each step once, and returns the exit code: 0 ready, 2 something could not be had. */
export async function setUp() {
  const start = performance.now();
  try {
    // The look without the lock keeps the usual case fast and lets a read-only clone run.
    const missing = await listMissing();
    if (missing.length > 0) await withLock(root, say, doMissing);
    say(`ready (${seconds(start)})`);
    return 0;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    return 2;
  }
}

const STEPS = [
  { name: 'packages', isDone: () => arePackagesInstalled(root), run: () => installPackages(root, say) },
  { name: 'build', isDone: () => isBuilt(root), run: () => build(root) },
  { name: 'server', isDone: async () => (await findServer(process.env)) !== null, run: () => installServer(root, process.env, say) },
];

async function listMissing() {
  const missing = [];
  for (const step of STEPS) if (!(await step.isDone())) missing.push(step);
  return missing;
}

async function doMissing() {
  for (const { name, isDone, run } of STEPS) {
    if (await isDone()) continue;
    const start = performance.now();
    await run();
    say(`${name} ${seconds(start)}`);
  }
}

function seconds(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
