import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { IndexBuilder, KeywordArm, openIndex } from '../../../domain/search/index.ts';
import { readLines, type MeasuredDocument } from '../search-collection.ts';
import { timeQueries } from './time-queries.ts';

const [folder, step] = process.argv.slice(2) as [string, string];
const path = join(folder, 'lauter.index');

if (step === 'build') {
  const documents = readLines<MeasuredDocument>(join(folder, 'documents.jsonl'));
  const pages = documents.map(({ id, title, text }) => ({
    source_id: 'default',
    slug: id,
    title,
    text,
    type: 'page',
    aliases: [],
    links: [],
    takes: [],
  }));
  const started = performance.now();
  const builder = new IndexBuilder();
  for (const page of pages) builder.add(page);
  const bytes = Buffer.concat(builder.finish());
  const buildMs = performance.now() - started;
  writeFileSync(path, bytes);
  process.stdout.write(JSON.stringify({ build_ms: buildMs, file_bytes: bytes.length }));
} else {
  const started = performance.now();
  const index = openIndex(readFileSync(path));
  if (index === undefined) throw new Error('the index cannot be opened');
  const arm = new KeywordArm(index);
  const loadMs = performance.now() - started;
  const ranking = step === 'bm25' ? 'bm25' : 'fielded';
  const timed = timeQueries(folder, (text) => arm.rankPages(text, 10, ranking).map(({ page }) => index.page(page).slug));
  process.stdout.write(JSON.stringify({ load_ms: loadMs, ...timed }));
}
