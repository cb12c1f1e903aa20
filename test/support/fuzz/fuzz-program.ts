import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureFuzz } from './measure-fuzz.ts';

// node fuzz-program.ts SEED FROM TO STEP: reads the malformed files of these numbers and prints one line of JSON.
const [seed, from, to, step] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'lauter-malformed-'));
try {
  const result = await measureFuzz({ seed: seed!, from: from!, to: to!, step: step!, folder });
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
