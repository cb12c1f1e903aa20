import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** One digest over everything that the build depends on: the sources that tsconfig.json includes, the packages, the build itself. */
export function sourceDigest(root) {
  const { include } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  const files = include.flatMap((entry) => listSources(root, entry));
  const hash = createHash('sha256');
  for (const file of [...files, 'tsconfig.json', 'package-lock.json', 'scripts/build.mjs'].sort()) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

function listSources(root, entry) {
  const path = join(root, entry);
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [entry];
  const names = readdirSync(path, { recursive: true }).filter((name) => name.endsWith('.ts'));
  return names.map((name) => `${entry}/${name.replaceAll('\\', '/')}`);
}
