import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

type Files = Readonly<Record<string, string | Uint8Array>>;

/** A folder of its own for the running test, with these files in it; gone when the test ends. */
export function temporaryFolder(files: Files = {}): string {
  const root = makeFolder(files);
  onTestFinished(() => removeFolder(root));
  return root;
}

/** A new folder with these files in it (a path that ends in `/` is an empty folder). For what several tests share; {@link removeFolder} it in the end. */
export function makeFolder(files: Files = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'lauter-test-'));
  for (const [name, content] of Object.entries(files)) {
    const path = join(root, name);
    mkdirSync(name.endsWith('/') ? path : dirname(path), { recursive: true });
    if (!name.endsWith('/')) writeFileSync(path, content);
  }
  return root;
}

export function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true });
}
