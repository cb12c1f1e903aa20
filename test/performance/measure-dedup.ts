import { cpus } from 'node:os';
import { DEDUP_DEFAULTS, findNearDuplicates, keepBest, signatureOf, SignatureStore } from '../../domain/dedup/index.ts';
import { deskChats, formTickets, inventedProse, makeCopyCorpus, type KnownDocument } from '../support/near-copies.ts';

/** Documents of each corpus; `LAUTER_BENCH_RECORDS=10000` for a shorter run. */
const DOCUMENTS = Number(process.env.LAUTER_BENCH_RECORDS ?? '100000');
const SEED = 20260302;

/** Recall, precision and time with the default settings, corpus by corpus. */
function measureCorpora(): void {
  say(
    `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}, seed ${SEED}, ${DOCUMENTS.toLocaleString('en')} documents`,
  );
  for (const [name, from] of [
    ['chats put together from 68 sentences with numbers', deskChats],
    ['prose', inventedProse],
    ['tickets of one form, worst case', formTickets],
  ] as const) {
    const documents = makeCopyCorpus({ seed: SEED, documents: DOCUMENTS, from });
    say(`\n${name}: 5 % exact copies, 10 % copies with 5 % of the words replaced, ${Math.round(meanChars(documents))} characters each`);
    run(documents, true);
  }
}

/** The curve of the default settings: share of the copies that are found, by the share of their words that was replaced. */
function measureCurve(): void {
  const { near_duplicate_bands: bands, near_duplicate_rows: rows } = DEDUP_DEFAULTS;
  say(`\nwords replaced | pairs in common (Jaccard) | in the index by the formula | found among chats | found among prose`);
  for (const percent of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 20]) {
    const kept = (1 - percent / 100) ** 2;
    const jaccard = kept / (2 - kept);
    const formula = 1 - (1 - jaccard ** rows) ** bands;
    const found = [deskChats, inventedProse].map(
      (from) => run(makeCopyCorpus({ seed: SEED, documents: 20_000, from, replaced: percent / 100 }), false).recall,
    );
    say([`${percent} %`, ...[jaccard, formula, ...found].map((share) => share.toFixed(4))].map((cell) => cell.padStart(10)).join(' | '));
  }
}

function run(documents: readonly KnownDocument[], isReported: boolean): { recall: number } {
  const store = new SignatureStore();
  const started = process.cpuUsage();
  for (const { text } of documents) store.add(signatureOf(text));
  const signing = process.cpuUsage(started);
  const before = process.cpuUsage();
  const found = findNearDuplicates(store, DEDUP_DEFAULTS);
  const keptFor = keepBest(found, (left, right) => left - right);
  const finding = process.cpuUsage(before);
  const home = new Map(documents.flatMap(({ kind, original }, index) => (kind === 'original' ? [[original, found.roots[index]!]] : [])));
  const near = documents.flatMap(({ kind }, index) => (kind === 'near' ? [index] : []));
  const recall = near.filter((index) => home.get(documents[index]!.original) === found.roots[index]).length / near.length;
  if (!isReported) return { recall };
  const dropped = documents.flatMap((_, index) => (keptFor[index] === index ? [] : [index]));
  const wrong = dropped.filter((index) => documents[keptFor[index]!]!.original !== documents[index]!.original).length;
  const planted = documents.length - new Set(documents.map(({ original }) => original)).size;
  const micros = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / documents.length;
  const [sign, find] = [micros(signing), micros(finding)];
  say(`  near copies found ${(100 * recall).toFixed(2)} %; ${dropped.length} of ${planted} planted copies dropped, ${wrong} wrongly`);
  say(`  signatures ${sign.toFixed(1)} µs a document, in any number of threads; clusters ${find.toFixed(1)} µs, in one (CPU time)`);
  say(`  ${Math.round(1e6 / (sign + find))} documents/s on one core, ${Math.round(1e6 / (sign / 2 + find))} on two`);
  say(
    `  ${(found.compared / documents.length).toFixed(2)} comparisons a document, peak RSS ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB with the texts`,
  );
  return { recall };
}

function meanChars(documents: readonly KnownDocument[]): number {
  return documents.reduce((sum, { text }) => sum + text.length, 0) / documents.length;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

measureCorpora();
measureCurve();
