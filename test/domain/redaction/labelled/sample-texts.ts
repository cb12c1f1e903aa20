import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const SAMPLES = join(import.meta.dirname, '../../../../data/samples');

/** Records of the samples as text, cut to the length that messages mostly have. */
export function readSampleTexts(): string[] {
  const folders = ['support-desk', 'booking-agent', 'dev-sessions', 'counter-trials'];
  const files = folders.flatMap((folder) =>
    readdirSync(join(SAMPLES, folder))
      .filter((name) => /\.jsonl?$/.test(name))
      .map((name) => join(SAMPLES, folder, name)),
  );
  return files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.slice(0, 4_000)),
  );
}
