import type { Reproducibility } from '../../schemas/reproducibility.ts';
import { isTold, missingOrigins } from './is-reproducible.ts';

/** What a report was made from, item by item, in one order for every report; what is not known reads `unknown`. */
export function footerLines(footer: Reproducibility): [item: string, value: string][] {
  const { datasets, arms, prompt_hashes, models, commands, run_ids, cost, degraded } = footer;
  return [
    ['code commit', told(footer.commit)],
    ['Lauter version', told(footer.lauter_version)],
    ...oneOrMore(
      'dataset',
      datasets.map(({ suite, name, sha256 }) => [`dataset of ${suite}`, `${told(name)}, sha256 ${told(sha256)}`]),
    ),
    ['question set', told(footer.question_set_hash)],
    ['seed', footer.seed === 'none' ? 'none: nothing is drawn' : told(footer.seed)],
    ['resamples', told(footer.resamples)],
    ...oneOrMore(
      'knob hash',
      arms.map(({ arm, knob_hash }) => [`knob hash of ${arm}`, told(knob_hash)]),
    ),
    ['corpus hash', told(footer.corpus_hash)],
    ...noneOrMore(
      'prompt hashes',
      Object.entries(prompt_hashes).map(([prompt, hash]) => [`prompt hash of ${prompt}`, told(hash)]),
    ),
    ...noneOrMore(
      'models',
      models.map(({ lane, model, snapshot }) => [lane, model === null ? 'none' : `${model}, snapshot ${told(snapshot)}`]),
    ),
    ...oneOrMore(
      'command',
      commands.map((command) => ['command', command]),
    ),
    ...noneOrMore(
      'run ids',
      run_ids.map((id) => ['run id', id]),
    ),
    ['started', told(footer.started_at)],
    ['finished', told(footer.finished_at)],
    ['cost, estimated', dollars(cost.estimated_usd)],
    ['cost, settled', dollars(cost.settled_usd)],
    ['price table', told(footer.price_table)],
    ['degraded', tellCounts(degraded)],
    ['errored', String(footer.errored)],
    ['reproducible', tellReproducible(footer)],
  ];
}

/** `reproducible`, or `not reproducible` with what is unknown. */
export function tellReproducible(footer: Reproducibility): string {
  if (footer.is_reproducible) return 'reproducible';
  return `not reproducible: ${missingOrigins(footer).join(', ')} unknown`;
}

type Line = [item: string, value: string];

function told(value: string | number | null): string {
  if (typeof value === 'number') return String(value);
  return isTold(value) ? value : 'unknown';
}

/** There is at least one of these, so none is one that is not known. */
function oneOrMore(item: string, lines: Line[]): Line[] {
  return lines.length === 0 ? [[item, 'unknown']] : lines;
}

function noneOrMore(item: string, lines: Line[]): Line[] {
  return lines.length === 0 ? [[item, 'none']] : lines;
}

const DIGITS = 6;

function dollars(usd: number | null): string {
  return usd === null ? 'unknown' : `${Number(usd.toFixed(DIGITS))} USD`;
}

function tellCounts(counts: Readonly<Record<string, number>>): string {
  const told = Object.entries(counts).map(([what, count]) => `${what} ${count}`);
  return told.length === 0 ? 'none' : told.join(', ');
}
