import { dirname, join, normalize } from 'node:path';
import type { Command } from 'commander';
import { blockLines, codeSpans, existsInClone, headingAnchors, linkTargets, readDocument, type Document } from './document.ts';

/** Relative links that lead to no file, or to a heading that the file does not have. */
export function brokenLinks({ path, text }: Document): string[] {
  return linkTargets(text).filter((target) => {
    if (/^[a-z]+:/.test(target)) return false;
    const [file = '', fragment] = target.split('#');
    const found = file === '' ? path : normalize(join(dirname(path), file));
    if (!existsInClone(found)) return true;
    return fragment !== undefined && !headingAnchors(file === '' ? text : readDocument(found).text).includes(fragment);
  });
}

const PLACES = /^(?:schemas|domain|workflows|activities|adapters|worker|cli|reports|test|scripts|docs|data\/samples)\/[\w./-]*$/;

/** Code spans that look like a file or folder of the clone and are none. */
export function missingFiles({ text }: Document): string[] {
  return codeSpans(text).filter((code) => PLACES.test(code) && !existsInClone(code));
}

/** Scripts that package.json does not have. */
export function unknownScripts({ text }: Document, scripts: readonly string[]): string[] {
  const named = [...codeSpans(text), ...blockLines(text)].flatMap((code) => /^npm (?:run )?([\w:-]+)/.exec(code)?.slice(1) ?? []);
  return named.filter((name) => !scripts.includes(name) && !['audit', 'install', 'ci'].includes(name));
}

/** What documents say about the program and the program does not know: commands, and flags of commands. */
export function unknownCommands({ text }: Document, program: Command): string[] {
  const lines = [...codeSpans(text), ...blockLines(text)].flatMap((code) => /^(?:npx )?lauter (.+)$/.exec(code)?.slice(1) ?? []);
  return lines.flatMap((line) => faultOf(line, program).map((fault) => `lauter ${line}: ${fault}`));
}

function faultOf(line: string, program: Command): string[] {
  const words = (/^(?:"[^"]*"|'[^']*'|[^"'|>&;#])*/.exec(line)?.[0] ?? '').match(/"[^"]*"|'[^']*'|\S+/g) ?? [];
  const known = new Set(['--help', '-h', ...program.options.map((option) => option.long)]);
  let command = program;
  const faults: string[] = [];
  let isBehindOption = false;
  for (const word of words) {
    if (word.startsWith('--')) {
      isBehindOption = true;
      for (const option of command.options) known.add(option.long ?? '');
      if (!known.has(word.replace(/=.*/, ''))) faults.push(`no option ${word}`);
    } else if (!isBehindOption && command.commands.length > 0 && /^[a-z]/.test(word)) {
      // Behind an option stands its value: a command that has commands of its own may have options, too.
      const next = command.commands.find((child) => child.name() === word || child.aliases().includes(word));
      if (next === undefined) return [...faults, `no command ${word}`];
      command = next;
    }
  }
  return faults;
}
