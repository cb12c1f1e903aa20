import type { AdapterName, Category } from '../../schemas/vocabulary.ts';
import type { Planted, Stream, TruthRecord } from './telling.ts';

/** What a test may expect of a run over the samples. */
export interface SamplesTruth {
  readonly schema: 'samples-truth/1';
  readonly seed: number;
  readonly streams: readonly StreamTruth[];
  /** Strings that must not survive in any output; the text is the joined parts. */
  readonly secrets: readonly { readonly stream: string; readonly kind: string; readonly parts: readonly string[] }[];
  readonly records: readonly TruthRecord[];
}

export interface StreamTruth {
  readonly name: string;
  readonly adapter: AdapterName;
  /** All that stands in the files: scored, quarantined and copied records. */
  readonly records: number;
  /** Unreadable records by reason, copies aside. */
  readonly quarantined: Readonly<Record<string, number>>;
  /** Copies of a record that stands elsewhere and survives there. */
  readonly duplicates: number;
  readonly categories: Readonly<Record<Category, number>>;
}

/** The truth about all streams, one row a record. */
export function tellTruth(seed: number, streams: readonly Stream[]): SamplesTruth {
  return {
    schema: 'samples-truth/1',
    seed,
    streams: streams.map(countStream),
    secrets: streams.flatMap(({ name, secrets }) =>
      distinct(secrets).map(({ kind, text }) => ({ stream: name, kind, parts: splitText(text) })),
    ),
    records: streams.flatMap((stream) => stream.files.flatMap((file) => file.truths)),
  };
}

/** The truth as JSON with one record a line, so that a difference shows which one. */
export function writeTruth({ records, secrets, ...head }: SamplesTruth): string {
  const opening = JSON.stringify(head, null, 2).replace(/\n\}$/, '');
  return `${opening},\n  "secrets": [\n${rows(secrets)}\n  ],\n  "records": [\n${rows(records)}\n  ]\n}\n`;
}

function countStream({ name, adapter, files }: Stream): StreamTruth {
  const truths = files.flatMap((file) => file.truths);
  const quarantined: Record<string, number> = {};
  const categories: Record<Category, number> = { accepted: 0, partially_accepted: 0, rejected: 0, needs_human_review: 0 };
  let duplicates = 0;
  for (const { expected_quarantine: reason, expected_category: category } of truths) {
    if (category !== undefined) categories[category] += 1;
    else if (reason === 'exact_duplicate') duplicates += 1;
    else if (reason !== undefined) quarantined[reason] = (quarantined[reason] ?? 0) + 1;
  }
  return { name, adapter, records: truths.length, quarantined, duplicates, categories };
}

function distinct(secrets: readonly Planted[]): Planted[] {
  return [...new Map(secrets.map((secret) => [secret.text, secret])).values()];
}

// In pieces, so that neither a scanner nor a search for the secret itself finds this file.
function splitText(text: string): string[] {
  const size = Math.ceil(text.length / 3);
  return [text.slice(0, size), text.slice(size, size * 2), text.slice(size * 2)];
}

function rows(items: readonly unknown[]): string {
  return items.map((item) => `    ${JSON.stringify(item)}`).join(',\n');
}
