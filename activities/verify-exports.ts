import { exportedContent, type ExportedContent } from '../domain/receipts/index.ts';
import { KeyedDigest } from '../domain/shared/keyed-digest.ts';
import type { StageReceipt } from '../schemas/stage-receipt.ts';
import { EXPORT_SETS, type ExportSet } from '../schemas/vocabulary.ts';
import type { WrittenSet } from './written-set.ts';
import { readDocument, textOf } from './receipt-documents.ts';
import type { ReceiptLinks } from './receipt-links.ts';
import type { ReceiptWorld, VerifyProgress } from './receipt-world.ts';

const SETS = [...EXPORT_SETS, 'quarantine'] as const;

/** The files of a run's export: each there with the bytes that were written, and the sets with the rows that the receipt vouches for. */
export async function verifyExports(
  world: ReceiptWorld,
  links: ReceiptLinks,
  receipt: StageReceipt,
  progress: VerifyProgress,
): Promise<void> {
  const { run_id, outputs } = receipt;
  const written = SETS.map((set) => [set, readWritten(world, links, run_id, set)] as const);
  const stated = written.flatMap(([, document]) => document?.files ?? []);
  for (const [set, document] of written) {
    if (document === undefined) continue;
    const listed = document.files.map(({ name, rows, sha256 }) => ({ path: `exports/${run_id}/${name}`, rows, digest: sha256 }));
    const claimed = outputs.filter(({ path }) => path.startsWith(`exports/${run_id}/${set}/`));
    links.hold({ link: 'run_document', stage: 'export', path: `lake/runs/${run_id}/written-${set}.json` }, sorted(claimed), sorted(listed));
  }
  const whole = new Set<string>();
  for (const [done, output] of outputs.entries()) {
    progress({ stage: 'export', done, total: outputs.length, rows: 0 });
    const bytes = stated.find(({ name }) => output.path === `exports/${run_id}/${name}`)?.bytes;
    if (await verifyFile(world, links, run_id, output, bytes)) whole.add(output.path);
  }
  const digests: string[] = [];
  for (const [set, document] of written) {
    if (set === 'quarantine' || document === undefined) continue;
    const file = document.files.find(({ name }) => name.endsWith('.jsonl'));
    if (file === undefined || !whole.has(`exports/${run_id}/${file.name}`)) continue;
    digests.push(await verifySet(world, links, set, `exports/${run_id}/${file.name}`, document));
  }
  if (digests.length < EXPORT_SETS.length) return;
  const place = { link: 'stage_digest', stage: 'export', path: `lake/runs/${run_id}/export-receipt.json` } as const;
  links.hold(place, `digest ${receipt.digest}`, `digest ${world.digests.sha256Of('export', ...digests)}`);
}

function readWritten(world: ReceiptWorld, links: ReceiptLinks, runId: string, set: (typeof SETS)[number]): WrittenSet | undefined {
  const place = { link: 'run_document', stage: 'export', path: `lake/runs/${runId}/written-${set}.json` } as const;
  return readDocument(world, links, place, { name: 'the list of the files of a set', schema: WRITTEN });
}

/** The stage owns the document; what counts here is that it lists files. */
const WRITTEN = {
  safeParse: (value: unknown): { success: true; data: WrittenSet } | { success: false } =>
    typeof value === 'object' && value !== null && 'files' in value && Array.isArray(value.files)
      ? { success: true, data: value as WrittenSet }
      : { success: false },
};

function sorted(outputs: StageReceipt['outputs']): string {
  return textOf([...outputs].sort((left, right) => (left.path < right.path ? -1 : 1)));
}

async function verifyFile(
  world: ReceiptWorld,
  links: ReceiptLinks,
  runId: string,
  output: StageReceipt['outputs'][number],
  bytes: number | undefined,
): Promise<boolean> {
  const place = { link: 'export_file', stage: 'export', path: output.path } as const;
  const isOwn = output.path.startsWith(`exports/${runId}/`) && !output.path.split(/[/\\]/).includes('..');
  const own = `a path below exports/${runId}`;
  if (!links.hold(place, own, isOwn ? own : 'a path that leads out of it')) return false;
  const found = await world.digestFile(output.path);
  if (!links.hold(place, 'a file', found === undefined ? 'none' : 'a file') || found === undefined) return false;
  links.count({ files: 1, bytes: found.bytes });
  if (bytes !== undefined && !links.hold(place, `${bytes} bytes`, `${found.bytes} bytes`)) return false;
  return links.hold(place, `sha256 ${output.digest}`, `sha256 ${found.sha256}`);
}

async function verifySet(
  world: ReceiptWorld,
  links: ReceiptLinks,
  set: ExportSet,
  path: string,
  { rows, content_digest }: WrittenSet,
): Promise<string> {
  const digest = set === 'preference' ? digestPairs(world) : digestRows(world);
  let read = 0;
  for await (const lines of world.readLines(path)) {
    for (const line of lines) {
      const content = exportedContent(line, world.digests.sha256);
      read += 1;
      if (content !== undefined) digest.add(content);
    }
  }
  links.count({ rows: read });
  const place = { link: 'export_digest', stage: 'export', path } as const;
  const found = digest.finish();
  links.hold(place, `${rows} rows of ${set}`, `${read} rows of ${set}`);
  links.hold(place, `content_digest ${content_digest}`, `content_digest ${found}`);
  return found;
}

/** Digests of the rows in the order of their ids, whatever order they come in. */
interface SetDigest {
  add(row: ExportedContent): void;
  finish(): string;
}

/** As the decisions of an export digest a set of rows: each with its split, a line each. */
function digestRows({ digests }: ReceiptWorld): SetDigest {
  const rows: string[] = [];
  return {
    add: ({ id, digest, split }) => void rows.push(`${id} ${digest} ${split}`),
    finish() {
      const sum = digests.startSha256();
      for (const row of rows.sort()) sum.update(`${row.slice(row.indexOf(' ') + 1)}\n`);
      return sum.digest();
    },
  };
}

/** As pairs are digested when they are written. */
function digestPairs({ digests }: ReceiptWorld): SetDigest {
  const rows = new KeyedDigest();
  return { add: ({ id, digest }) => rows.add(id, digest), finish: () => rows.finish(digests.startSha256()) };
}
