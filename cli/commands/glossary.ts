import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { writeFileAtomically } from '../../adapters/atomic-write.ts';
import { findEntry, GLOSSARY, glossaryOf } from '../../domain/glossary/index.ts';
import { UsageError } from '../../domain/shared/errors.ts';
import { writeGlossary } from '../../reports/glossary/write-glossary.ts';
import type { GlossaryReport } from '../../schemas/metric-glossary.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { tellGlossary } from '../glossary/tell-glossary.ts';
import { plain, type Io } from '../io.ts';

export interface GlossaryOptions {
  readonly metric?: string;
  readonly write?: string;
  readonly check?: string;
  readonly json?: boolean;
}

/** `lauter glossary`: what the figures mean, as a table, a document or a page; 1 when a page that was written earlier says something else. */
export function glossary(io: Io, { metric, write, check, json }: GlossaryOptions): ExitCode {
  if (check !== undefined && write !== undefined) {
    throw new UsageError('reading --check: expected it or --write, found both.', 'Leave one out.', { flag: '--check' });
  }
  if (check !== undefined) return checkPage(io, check);
  if (write !== undefined) {
    writeFileAtomically(resolve(io.cwd, write), writeGlossary());
    io.err(`written to ${plain(write)}`);
    return EXIT.accepted;
  }
  if (metric !== undefined) return tellMetric(io, metric, json === true);
  io.out(json === true ? JSON.stringify(wholeGlossary(), null, 2) : tellAll());
  return EXIT.accepted;
}

function checkPage(io: Io, given: string): ExitCode {
  const path = resolve(io.cwd, given);
  if (!existsSync(path)) {
    throw new UsageError(
      `checking ${given}: expected a page of the glossary, found no file.`,
      `Write it with \`lauter glossary --write ${given}\`.`,
      { flag: '--check', value: given, file: given },
    );
  }
  if (readFileSync(path, 'utf8') === writeGlossary()) {
    io.err(`${plain(given)} is up to date`);
    return EXIT.accepted;
  }
  io.err(`${plain(given)} is not what the glossary says now; write it anew: lauter glossary --write ${plain(given)}`);
  return EXIT.refused;
}

/** A name that has no entry is null, and not an error of the caller: scripts ask for what they found in a report. */
function tellMetric(io: Io, name: string, isJson: boolean): ExitCode {
  const entry = findEntry(name);
  if (isJson) io.out(JSON.stringify({ schema_version: 1, metric: name, entry }, null, 2));
  else if (entry === null) io.err(`${plain(name)}: no such metric; \`lauter glossary\` lists them all`);
  else io.out(tellGlossary([name]));
  return entry === null && !isJson ? EXIT.impossible : EXIT.accepted;
}

function wholeGlossary(): GlossaryReport {
  return {
    schema_version: 1,
    sections: GLOSSARY.map(({ title, lead, terms }) => ({
      title,
      lead,
      metrics: terms.map(({ name, also, entry }) => ({ name, also: [...also], ...entry })),
    })),
    _meta: { metric_glossary: glossaryOf(GLOSSARY.flatMap(({ terms }) => terms.map(({ name }) => name))).entries },
  };
}

function tellAll(): string {
  return GLOSSARY.map(({ title, lead, terms }) => `${title}\n${lead}\n\n${tellGlossary(terms.map(({ name }) => name))}`).join('\n\n');
}
