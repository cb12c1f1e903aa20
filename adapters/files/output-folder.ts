import { createHash } from 'node:crypto';
import { closeSync, createReadStream, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import type { LineFile, OutputFolder } from '../../activities/ports.ts';
import { WorkspaceError } from '../../domain/shared/errors.ts';
import { syncFile, syncFolder, writeFileAtomically, writeWhole } from '../atomic-write.ts';
import { translateDiskFull } from '../disk-full.ts';
import { makeScratch, temporaryName } from '../scratch.ts';

/** `exports/` and `reports/` of a workspace. Nothing is ever written outside them. */
export function openOutputFolder(workspace: string): OutputFolder {
  const exportsRoot = join(workspace, 'exports');
  const reportsRoot = join(workspace, 'reports');
  const exportsPath = (runId: string): string => inside(exportsRoot, runId);
  const reportsPath = (runId: string): string => inside(reportsRoot, runId);
  return {
    exportsPath,
    reportsPath,
    path: (runId, name) => inside(exportsPath(runId), name),
    openLines: (runId, name) => openLineFile(inside(exportsPath(runId), name), exportsRoot),
    publishMade: (runId, name, make) => publishMade(inside(exportsPath(runId), name), exportsRoot, make),
    readLines,
    sha256: hashFile,
    writeText: (runId, name, text) => writeFileAtomically(inside(exportsPath(runId), name), text),
    writeReport: (runId, name, text) => {
      const path = inside(reportsPath(runId), name);
      writeFileAtomically(path, text);
      return path;
    },
    setLatest: (runId) => pointTo(join(exportsRoot, 'latest'), runId),
  };
}

function inside(root: string, name: string): string {
  const path = resolve(root, name);
  if (path !== root && path.startsWith(root + sep)) return path;
  throw new WorkspaceError(`writing ${name}: expected a path below ${root}, found one outside.`, 'Use a plain name without "..".');
}

/** The link is made beside its place and renamed, so that it always leads somewhere. */
function pointTo(link: string, target: string): void {
  const temporary = join(dirname(link), temporaryName());
  symlinkSync(target, temporary);
  renameSync(temporary, link);
}

function openLineFile(path: string, scratchRoot: string): LineFile {
  const scratch = makeScratch(scratchRoot);
  const temporary = join(scratch, 'lines');
  const file = openSync(temporary, 'wx');
  const digest = createHash('sha256');
  let pending: string[] = [];
  let pendingChars = 0;
  let [rows, bytes, longestBytes] = [0, 0, 0];
  let isOpen = true;
  const close = (): void => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
  const append = (chunk: Uint8Array): void => {
    try {
      writeWhole(file, chunk);
    } catch (error) {
      throw translateDiskFull(error, path) ?? error;
    }
    digest.update(chunk);
    bytes += chunk.length;
  };
  const flush = (): void => {
    if (pending.length > 0) append(Buffer.from(`${pending.join('\n')}\n`));
    pending = [];
    pendingChars = 0;
  };
  return {
    write(line) {
      pending.push(line);
      pendingChars += line.length;
      rows += 1;
      longestBytes = Math.max(longestBytes, line.length * 3);
      if (pendingChars > 1 << 20) flush();
    },
    writeBlock(block) {
      flush();
      append(block.bytes);
      rows += block.rows;
      longestBytes = Math.max(longestBytes, block.longestBytes);
    },
    get longestBytes() {
      return longestBytes;
    },
    publish() {
      flush();
      fsyncSync(file);
      close();
      mkdirSync(dirname(path), { recursive: true });
      renameSync(temporary, path);
      syncFolder(dirname(path));
      rmSync(scratch, { recursive: true, force: true });
      return { sha256: digest.digest('hex'), bytes, rows };
    },
    discard() {
      close();
      rmSync(scratch, { recursive: true, force: true });
    },
  };
}

async function publishMade(
  path: string,
  scratchRoot: string,
  make: (temporary: string) => Promise<number>,
): ReturnType<OutputFolder['publishMade']> {
  const scratch = makeScratch(scratchRoot);
  try {
    const temporary = join(scratch, 'file');
    const rows = await make(temporary);
    syncFile(temporary);
    const made = { sha256: await hashFile(temporary), bytes: statSync(temporary).size, rows };
    mkdirSync(dirname(path), { recursive: true });
    renameSync(temporary, path);
    syncFolder(dirname(path));
    return made;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Lines of a file that we wrote, a batch for each MiB. `onBytes` gets the bytes as they are read. */
async function* readLines(path: string, onBytes?: (bytes: Uint8Array) => void): AsyncIterable<string[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    onBytes?.(chunk);
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    if (lines.length > 0) yield lines;
  }
  if (rest !== '') yield [rest];
}

async function hashFile(path: string): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) digest.update(chunk as Buffer);
  return digest.digest('hex');
}
