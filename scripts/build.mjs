// Compiles the sources into dist/ and bundles the workflows. dist/.lauter-build, written last, says which sources it was built from.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sourceDigest } from './source-digest.mjs';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');
const dist = join(root, 'dist');

if (!existsSync(join(root, 'node_modules', 'typescript'))) {
  console.error('build: expected the packages, found none. Run `node scripts/setup.mjs`, which installs them and builds.');
  process.exitCode = 2;
} else {
  process.exitCode = await build();
}

async function build() {
  removeLeftFolders();
  // Taken before compiling: a file that changes meanwhile makes the next run build again.
  const digest = sourceDigest(root);
  if (!compile()) return 2;
  await bundleWorkflows();
  writeFileSync(join(dist, '.lauter-build'), `${digest}\n`);
  return 0;
}

/** Compiles into a new folder and puts that in the place of dist/: nothing stale stays, and a failure leaves the last build as it was. */
function compile() {
  const next = join(root, `dist-next-${process.pid}`);
  mkdirSync(next);
  // Keeps a folder that a killed build leaves out of git; not for dist/ itself, where npm would obey it when packing.
  writeFileSync(join(next, '.gitignore'), '*\n');
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const flags = [
    '-p',
    join(root, 'tsconfig.json'),
    '--outDir',
    next,
    '--noEmitOnError',
    '--incremental',
    'false',
    '--tsBuildInfoFile',
    'null',
  ];
  const { status } = spawnSync(process.execPath, [tsc, ...flags], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    rmSync(next, { recursive: true, force: true });
    return false;
  }
  rmSync(join(next, '.gitignore'));
  const old = join(root, `dist-old-${process.pid}`);
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(next, dist);
  rmSync(old, { recursive: true, force: true });
  return true;
}

/** From dist/ itself, so that stack traces of workflows name files that exist. */
async function bundleWorkflows() {
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const logger = new DefaultLogger('WARN');
  const { code } = await bundleWorkflowCode({ workflowsPath: join(dist, 'workflows', 'index.js'), logger });
  const target = join(dist, 'workflow-bundle.js');
  writeFileSync(`${target}.tmp`, code);
  renameSync(`${target}.tmp`, target);
  console.error(`build: workflow bundle ${(Buffer.byteLength(code) / 1e6).toFixed(2)} MB`);
}

/** What a build that was killed left behind. Two builds at once are kept apart by the set-up lock. */
function removeLeftFolders() {
  const left = readdirSync(root).filter((name) => /^dist-(next|old)-\d+$/.test(name));
  for (const name of left) rmSync(join(root, name), { recursive: true, force: true });
}
