import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../cli/program.ts';
import { codeSpans, PROJECT_ROOT, readDocuments, type Document } from './document.ts';
import { brokenLinks, missingFiles, unknownCommands, unknownScripts } from './faults.ts';

const documents = readDocuments();
const scripts = Object.keys((JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')) as { scripts: object }).scripts);
const program = createProgram(
  {
    env: {},
    cwd: PROJECT_ROOT,
    out: () => undefined,
    err: () => undefined,
    isTerminal: false,
    hasColour: false,
    onInterrupt: () => () => undefined,
  },
  () => undefined,
);

function written(text: string): Document {
  return { path: 'docs/architecture.md', text };
}

describe.each(documents)('$path', (document) => {
  it('links to files and headings that exist', () => expect(brokenLinks(document)).toEqual([]));
  it('names files that exist', () => expect(missingFiles(document)).toEqual([]));
  it('names commands and flags that the program has', () => expect(unknownCommands(document, program)).toEqual([]));
  it('names scripts that package.json has', () => expect(unknownScripts(document, scripts)).toEqual([]));
});

describe('the documents together', () => {
  it('name the program and its files often enough for the checks above to mean something', () => {
    const spans = documents.flatMap((document) => codeSpans(document.text));
    expect(spans.filter((span) => span.startsWith('lauter ')).length).toBeGreaterThan(10);
    expect(spans.filter((span) => span.startsWith('domain/')).length).toBeGreaterThan(10);
  });

  it('keep the README of a folder within 15 lines', () => {
    const folders = documents.filter(({ path }) => /^[a-z]+\/README\.md$/.test(path) && path !== 'docs/README.md');
    const long = folders.filter(({ text }) => text.trimEnd().split('\n').length > 15).map(({ path }) => path);
    expect(folders.length).toBeGreaterThan(9);
    expect(long).toEqual([]);
  });
});

describe('the checks themselves', () => {
  it('find a link to no file and one to no heading', () => {
    const text = 'See [the lock keeper](lock-keeper.md), [the rules](rules.md#tides-at-night) and [the score](rules.md#score-rules).';
    expect(brokenLinks(written(text))).toEqual(['lock-keeper.md', 'rules.md#tides-at-night']);
  });

  it('take no link from code', () => {
    expect(brokenLinks(written('`[a](b.md)`\n\n```\n[a](c.md)\n```\n'))).toEqual([]);
  });

  it('find a file that is not there', () => {
    expect(missingFiles(written('Read `domain/tides/`, `domain/score/` and `npm start`.'))).toEqual(['domain/tides/']);
  });

  it('find a command, a nested command and a flag that do not exist', () => {
    const text =
      'Type `lauter brew`, `lauter distill pour ./traces`, `lauter distill run-all --foam` or `lauter distill run-all ./traces --json`.';
    expect(unknownCommands(written(text), program)).toEqual([
      'lauter brew: no command brew',
      'lauter distill pour ./traces: no command pour',
      'lauter distill run-all --foam: no option --foam',
    ]);
  });

  it('look into blocks, too, and stop at a pipe', () => {
    expect(
      unknownCommands(written('```\n$ lauter brew | less\nlauter distill query "SELECT 1" > out.txt --nothing\n```\n'), program),
    ).toEqual(['lauter brew | less: no command brew']);
  });

  it('find a script that does not exist', () => {
    expect(unknownScripts(written('`npm run harvest` and `npm test`'), scripts)).toEqual(['harvest']);
  });
});
