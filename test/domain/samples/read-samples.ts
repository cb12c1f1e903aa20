import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SamplesTruth, TruthRecord } from '../../../domain/samples/index.ts';

/** The committed sample folder. */
export const SAMPLES_FOLDER = fileURLToPath(new URL('../../../data/samples', import.meta.url));

/** All files below a folder by their path with `/`. */
export function readFolder(folder: string): Map<string, Buffer> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(folder, path)).isFile());
  return new Map(paths.map((path) => [relative('.', path).replaceAll('\\', '/'), readFileSync(join(folder, path))] as const));
}

export function readTruth(): SamplesTruth {
  return JSON.parse(readFileSync(join(SAMPLES_FOLDER, 'truth.json'), 'utf8')) as SamplesTruth;
}

/** Bytes of one line, without its end and without a byte order mark. */
export function lineOf(bytes: Buffer, line: number): Buffer {
  let start = 0;
  for (let at = 0; at < line; at += 1) start = bytes.indexOf(0x0a, start) + 1;
  const end = bytes.indexOf(0x0a, start);
  const found = bytes.subarray(start, end === -1 ? bytes.length : end);
  const withoutReturn = found.at(-1) === 0x0d ? found.subarray(0, -1) : found;
  return withoutReturn.subarray(0, 3).equals(Buffer.from('\uFEFF')) ? withoutReturn.subarray(3) : withoutReturn;
}

/** The value at the place that a truth row names; throws where it can not be read. */
export function valueAt(files: ReadonlyMap<string, Buffer>, { file, line, pointer }: TruthRecord): unknown {
  const bytes = files.get(file);
  if (bytes === undefined) throw new Error(`no file ${file}`);
  if (line !== undefined) return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(lineOf(bytes, line)));
  const steps = (pointer ?? '').split('/').slice(1);
  return steps.reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], JSON.parse(bytes.toString('utf8')));
}

/** JSON with the keys of every object in order, so that equal records give equal texts. */
export function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
