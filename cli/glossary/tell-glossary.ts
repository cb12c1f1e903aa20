import { glossaryOf } from '../../domain/glossary/index.ts';
import { plain } from '../io.ts';

/** The entries of metrics by the names that were printed, a line each; those without one are named last. */
export function tellGlossary(names: Iterable<string>): string {
  const { entries, unknown } = glossaryOf(names);
  const rows = Object.entries(entries);
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  return [
    ...rows.map(([name, { industry_term, eli10, range }]) => `${plain(name).padEnd(width)}  ${industry_term}: ${eli10} (${range})`),
    ...(unknown.length === 0 ? [] : [`without an entry: ${unknown.map(plain).join(', ')}`]),
  ].join('\n');
}

/** What stands under a table for those who asked for it with `--glossary`; nothing for others. */
export function glossaryBelow({ glossary }: GlossaryChoice, names: Iterable<string>): string {
  return glossary === true ? `\n\nwhat the figures mean\n${tellGlossary(names)}` : '';
}

/** Commands that print metrics take `--glossary`. With `--json` it changes nothing: every document holds its entries. */
export interface GlossaryChoice {
  readonly glossary?: boolean;
}
