import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readLines, type MeasuredDocument } from '../search-collection.ts';
import { timeQueries } from './time-queries.ts';

type Search = (text: string) => string[];

/** Each as its own documentation shows it, title and text, any word matching, ten results. */
const ENGINES: Readonly<Record<string, (load: (name: string) => never, documents: readonly MeasuredDocument[]) => Search>> = {
  minisearch(load, documents) {
    const MiniSearch = load('minisearch') as new (options: object) => {
      addAll(rows: unknown): void;
      search(text: string): { id: string }[];
    };
    const engine = new MiniSearch({ fields: ['title', 'text'], storeFields: [] });
    engine.addAll(documents);
    return (text) =>
      engine
        .search(text)
        .slice(0, 10)
        .map(({ id }) => id);
  },
  flexsearch(load, documents) {
    const { Index } = load('flexsearch') as {
      Index: new (options: object) => { add(id: number, text: string): void; search(text: string, options: object): number[] };
    };
    const engine = new Index({ tokenize: 'strict', encoder: 'LatinBalance' });
    for (const [at, { title, text }] of documents.entries()) engine.add(at, `${title} ${text}`);
    return (text) => engine.search(text, { limit: 10, suggest: true }).map((at) => documents[at]!.id);
  },
  lunr(load, documents) {
    interface Builder {
      ref(name: string): void;
      field(name: string): void;
      add(row: object): void;
    }
    const lunr = load('lunr') as (build: (this: Builder) => void) => { search(text: string): { ref: string }[] };
    const engine = lunr(function build() {
      this.ref('id');
      this.field('title');
      this.field('text');
      for (const document of documents) this.add(document);
    });
    return (text) =>
      engine
        .search(text.replace(/[^\p{L}\p{N}\s]+/gu, ' '))
        .slice(0, 10)
        .map(({ ref }) => ref);
  },
};

const [folder, name, modules] = process.argv.slice(2) as [string, string, string];
const require = createRequire(join(modules, 'package.json'));
const documents = readLines<MeasuredDocument>(join(folder, 'documents.jsonl'));
const started = performance.now();
const search = ENGINES[name]!((module) => require(module) as never, documents);
const buildMs = performance.now() - started;
process.stdout.write(JSON.stringify({ build_ms: buildMs, ...timeQueries(folder, search) }));
