import { TOKEN_BOUNDS } from '../domain/export/index.ts';
import type { CardFacts } from '../schemas/card-facts.ts';
import type { SourceSummary } from '../schemas/run-summary.ts';
import { EXPORT_FORMATS, EXPORT_SETS, FORMS_OF_SET, SPLITS } from '../schemas/vocabulary.ts';
import { contaminationFacts, evaluationVersion } from './contamination.ts';
import type { DistillInput } from './contract.ts';
import { exportVersion } from './export.ts';
import { readPlan } from './materialize.ts';
import type { DecidedSet, Ports } from './ports.ts';
import { readWritten, SET_FILES, type WrittenSets } from './written-set.ts';

/** What the run knows of itself when the card is written. */
export type CardRun = Pick<CardFacts, 'verdict' | 'categories' | 'redactions'> & { readonly sources: readonly SourceSummary[] };

/** Everything that the dataset card says. */
export function cardFacts(ports: Ports, run: DistillInput, { sources, ...known }: CardRun): CardFacts {
  const written = readWritten(ports, run);
  const licenses = licensesOf(ports, run);
  const { counts: decided } = exportVersion(ports, run).decisions;
  const sets: CardFacts['sets'] = [];
  for (const set of EXPORT_SETS) {
    const { rows, content_digest, files, splits } = written[set];
    const file = SET_FILES[set];
    sets.push({
      set,
      rows,
      content_digest,
      splits: { train: 0, validation: 0, test: 0, ...splits },
      file,
      formats: EXPORT_FORMATS.filter((format) => files.some(({ name }) => name === `${file}.${format}`)),
      tokens: set === 'preference' ? null : tokensOf((decided[set] as DecidedSet).tokens),
    });
  }
  return {
    schema: 'card-facts/1',
    run_id: run.run_id,
    ...known,
    sources: sources.map((source) => ({ ...source, license: licenses.get(source.name) ?? null })),
    sets,
    forms: formFiles(written),
    decontamination: decontaminationOf(ports, run),
  };
}

function decontaminationOf(ports: Ports, run: DistillInput): CardFacts['decontamination'] {
  const [version, facts] = [evaluationVersion(ports, run), contaminationFacts(ports, run)];
  if (version === undefined || facts === undefined) return null;
  const checked = facts.sets.reduce((sum, set) => sum + set.checked, 0);
  const hits = facts.sets.reduce((sum, set) => sum + set.hits, 0);
  return {
    sets: version.sets.map(({ name, items }) => ({ name, rows: items })),
    checked,
    hits,
    rate: checked === 0 ? 0 : hits / checked,
    limit: facts.limit,
  };
}

/** Every source of a run with the license that the config gives it. A source that was cut by format keeps the license of the whole. */
export function licensesOf(ports: Ports, run: DistillInput): Map<string, string | null> {
  return new Map(
    readPlan(ports, run).sources.map(({ name, adapter }) => {
      const request = run.requests.find((given) => given.name === name || `${given.name}/${adapter}` === name);
      return [name, request?.license ?? null];
    }),
  );
}

function formFiles(written: WrittenSets): CardFacts['forms'] {
  return EXPORT_SETS.flatMap((set) =>
    FORMS_OF_SET[set].flatMap((form) =>
      SPLITS.flatMap((split) => {
        const name = `${set}/${form}`;
        const found = written[set].files.find((file) => file.name === `${name}/${split}.jsonl`);
        return found === undefined ? [] : [{ name, split, file: found.name, rows: found.rows }];
      }),
    ),
  );
}

function tokensOf({ total, rows }: DecidedSet['tokens']): CardFacts['sets'][number]['tokens'] {
  return { total, classes: rows.map((count, index) => ({ up_to: TOKEN_BOUNDS[index] ?? null, rows: count })) };
}
