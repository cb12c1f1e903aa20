import { ContaminationIndexBuilder, DECONTAMINATION_DEFAULTS, findContamination } from '../../domain/decontamination/index.ts';
import { deskChats, inventedProse } from '../support/near-copies.ts';

const SEED = 20260302;

/** How fast texts are checked against 20,000 evaluation texts. */
function measureThroughput(): void {
  const builder = new ContaminationIndexBuilder(DECONTAMINATION_DEFAULTS);
  const evaluation = inventedProse(SEED, 20_000);
  measure('index', evaluation, () => {
    for (const [number, text] of evaluation.entries()) builder.add({ set: 'exam', item: String(number) }, text);
  });
  const index = builder.finish();
  for (const [name, texts] of [
    ['clean prose', inventedProse(SEED + 1, 50_000)],
    ['chats', deskChats(SEED, 50_000)],
    ['Markdown with links and entities', deskChats(SEED, 50_000).map((text) => text.replaceAll(' the ', ' [the](#x) &amp; '))],
  ] as const) {
    let hits = 0;
    measure(name, texts, () => {
      for (const text of texts) hits += findContamination(index, [text]).length;
    });
    if (hits > 0) throw new Error(`checking ${name}: expected no hit, found ${hits}.`);
  }
}

function measure(name: string, texts: readonly string[], work: () => void): void {
  const started = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(started);
  const megabytes = texts.reduce((sum, text) => sum + text.length, 0) / 1e6;
  process.stdout.write(`  ${name}: ${megabytes.toFixed(0)} MB at ${(megabytes / ((user + system) / 1e6)).toFixed(0)} MB/s of CPU time\n`);
}

measureThroughput();
