import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runProgram } from './run-program.mjs';
import { SetupError } from './setup-error.mjs';

/** True when node_modules is what the lockfile asks for: by our own stamp, or by npm's record when somebody ran npm by hand. */
export function arePackagesInstalled(root) {
  if (!existsSync(join(root, 'node_modules'))) return false;
  const stamp = stampPath(root);
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') === stampText(root) : npmRecordAgrees(root);
}

/** Runs `npm ci`, and stamps the result. */
export async function installPackages(root, say) {
  const clean = await runNpm(root, say, ['ci']);
  const { ok, output } =
    clean.ok || !lacksOnlyPlatformPackages(root, clean.output) ? clean : await runNpm(root, say, ['install', '--no-save']);
  if (!ok) {
    throw new SetupError(
      `packages: expected npm to install them, found that it failed:\n${npmErrors(output)}\n` +
        'Check the network (or the npm cache, when offline) and run the same command again.',
    );
  }
  writeFileSync(stampPath(root), stampText(root));
}

function runNpm(root, say, words) {
  const [command, args] = npmCommand();
  // Install scripts are left out: newer npm versions skip them anyway, and nothing here needs one.
  const flags = ['--no-audit', '--no-fund', '--include=dev', '--prefer-offline', '--ignore-scripts'];
  const onProgress = (elapsed) => say(`packages: npm ${words[0]} is at work, ${elapsed} s so far`);
  return runProgram(command, [...args, ...words, ...flags], { cwd: root, onProgress });
}

/**
 * True when `npm ci` refused only because the lockfile leaves out optional packages of other platforms, as one does that was written where
 * they are not served. `npm install --no-save` then installs exactly what the lockfile names, and leaves it as it is.
 */
function lacksOnlyPlatformPackages(root, output) {
  if (!output.includes('EUSAGE') || /Invalid: lock file/.test(output)) return false;
  const missing = [...output.matchAll(/Missing: (\S+?)@\S* from lock file/g)].map(([, name]) => name);
  const optional = Object.values(readLock(root)).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
  return missing.length > 0 && missing.every((name) => optional.includes(name));
}

/** What went wrong, without the manual that npm prints after a usage error. */
function npmErrors(output) {
  const lines = output.split('\n').filter((line) => /^npm (error|ERR!) ./.test(line));
  return lines
    .slice(0, 12)
    .map((line) => `  ${line}`)
    .join('\n');
}

function stampPath(root) {
  return join(root, 'node_modules', '.lauter-lock');
}

function stampText(root) {
  const digest = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  return `${digest} ${process.platform}-${process.arch}\n`;
}

/** npm keeps a list of what it installed; optional packages count only where they are meant for this platform. */
function npmRecordAgrees(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages ?? {};
  return Object.entries(readLock(root)).every(
    ([path, entry]) => path === '' || !isForHere(entry) || installed[path]?.version === entry.version,
  );
}

function readLock(root) {
  return JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages ?? {};
}

function isForHere({ optional, os, cpu, libc }) {
  if (!optional) return true;
  return (os !== undefined || cpu !== undefined) && libc === undefined && allows(os, process.platform) && allows(cpu, process.arch);
}

function allows(list, value) {
  return list === undefined || list.includes(value) || (list.some((entry) => entry.startsWith('!')) && !list.includes(`!${value}`));
}

/** The npm that runs us, if one does; its file is run by Node directly, so that no shell is needed. */
function npmCommand() {
  const running = process.env.npm_execpath;
  if (running !== undefined && basename(running).startsWith('npm-cli')) return [process.execPath, [running]];
  return process.platform === 'win32' ? ['cmd.exe', ['/d', '/s', '/c', 'npm']] : ['npm', []];
}
