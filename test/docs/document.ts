import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of the clone. */
export const PROJECT_ROOT = join(import.meta.dirname, '../..');

/** A Markdown file; the path is relative to the clone. */
export interface Document {
  readonly path: string;
  readonly text: string;
}

const TOP_FOLDERS = ['schemas', 'domain', 'workflows', 'activities', 'adapters', 'worker', 'cli', 'reports', 'test', 'scripts', 'data'];

/** Everything written for people: the pages at the top, those of docs/, and one README for each folder. */
export function readDocuments(): Document[] {
  const pages = readdirSync(join(PROJECT_ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
  const paths = [
    'README.md',
    'CHANGELOG.md',
    'CONTRIBUTING.md',
    ...pages.map((name) => join('docs', name)),
    ...TOP_FOLDERS.map((folder) => join(folder, 'README.md')),
  ];
  return paths.map(readDocument);
}

export function readDocument(path: string): Document {
  return { path, text: readFileSync(join(PROJECT_ROOT, path), 'utf8') };
}

export function existsInClone(path: string): boolean {
  return existsSync(join(PROJECT_ROOT, path));
}

/** The text without its fenced blocks. */
export function withoutBlocks(text: string): string {
  return text.replace(/^```[^\n]*\n[\s\S]*?^```$/gm, '');
}

/** The lines of all fenced blocks, a prompt sign before them left out. */
export function blockLines(text: string): string[] {
  return [...text.matchAll(/^```[^\n]*\n([\s\S]*?)^```$/gm)].flatMap(([, block]) =>
    block!.split('\n').map((line) => line.replace(/^\$ /, '')),
  );
}

/** The texts of all code spans outside fenced blocks. */
export function codeSpans(text: string): string[] {
  return [...withoutBlocks(text).matchAll(/(`+)(?!`)(.+?)(?<!`)\1(?!`)/g)].map(([, , code]) => code!.trim());
}

/** Targets of all links outside fenced blocks and code spans. */
export function linkTargets(text: string): string[] {
  const prose = withoutBlocks(text).replace(/`[^`\n]*`/g, '`');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
}

/** Anchors of all headings, as GitHub makes them: lower case, without signs, hyphens for blanks. */
export function headingAnchors(text: string): string[] {
  return [...withoutBlocks(text).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** A heading with what stands below it, up to the next one; empty where there is no such heading. */
export function sectionOf(text: string, heading: string): string {
  return text.split(/^(?=#+ )/m).find((part) => new RegExp(`^#+ ${heading}\\s*$`, 'm').test(part)) ?? '';
}

/** The rows of the first table below a heading, cell by cell, without the table's own head. */
export function tableBelow(text: string, heading: string): string[][] {
  const table = /(?:^\|.*\n)+/m.exec(sectionOf(text, heading))?.[0] ?? '';
  const [, , ...rows] = table.trimEnd().split('\n');
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}
