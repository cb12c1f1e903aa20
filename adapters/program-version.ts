import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Folder that holds package.json: the clone, or the installed package. */
export const PACKAGE_ROOT = fileURLToPath(new URL(import.meta.url.includes('/dist/') ? '../..' : '..', import.meta.url)).replace(
  /[/\\]$/,
  '',
);

/** Version of the program, as package.json states it. */
export const VERSION = (JSON.parse(readFileSync(`${PACKAGE_ROOT}/package.json`, 'utf8')) as { version: string }).version;
