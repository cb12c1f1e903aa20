import { createLogUpdate } from 'log-update';
import { FILE_KINDS, type DetectedFileReport, type FileKind, type SourceDetection } from '../../schemas/source-detection.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { plain, type Io } from '../io.ts';
import { detectPaths, reportFile } from '../sources/detect-files.ts';
import { textTable } from '../text-table.ts';

/** `lauter sources detect PATH…`: what each file is, how many records it holds, and why we think so. */
export async function sourcesDetect(io: Io, paths: readonly string[], options: { readonly json?: boolean }): Promise<ExitCode> {
  const detected = await detectPaths(paths, io.cwd);
  const line = io.isTerminal ? createLogUpdate(process.stderr) : undefined;
  const files: DetectedFileReport[] = [];
  for (const file of detected) {
    line?.(`reading ${files.length + 1}/${detected.length}  ${plain(file.sourceFile)}`);
    files.push(await reportFile(file));
  }
  line?.clear();
  const of = (kind: FileKind): number => files.filter((file) => file.kind === kind).length;
  const detection: SourceDetection = {
    schema: 'source-detection/1',
    files,
    counts: Object.fromEntries(FILE_KINDS.map((kind) => [kind, of(kind)])) as Record<FileKind, number>,
    records: files.reduce((sum, file) => sum + (file.records ?? 0), 0),
  };
  io.out(options.json === true ? JSON.stringify(detection, null, 2) : tellDetection(detection));
  const unclear = files.filter(({ kind }) => UNCLEAR.has(kind));
  if (unclear.length > 0) io.err(remedyFor(unclear));
  return unclear.length > 0 ? EXIT.impossible : EXIT.accepted;
}

const UNCLEAR: ReadonlySet<FileKind> = new Set(['unknown', 'ambiguous', 'unreadable']);

function tellDetection({ files, counts, records }: SourceDetection): string {
  const rows = files.map((file) => [
    plain(file.file),
    file.adapters.join(', ') || '-',
    file.kind === 'source' ? '' : file.kind,
    file.confidence === null ? '' : file.confidence.toFixed(2),
    file.records === null ? '' : file.records.toLocaleString('en'),
    plain(file.broken === null || file.broken === 0 ? file.reason : `${file.reason}; ${file.broken} broken`),
  ]);
  const sums = FILE_KINDS.filter((kind) => counts[kind] > 0).map((kind) => `${counts[kind]} ${kind}`);
  return `${textTable(['file', 'format', '', 'sure', 'records', 'why'], rows)}\n\n${records.toLocaleString('en')} records; files: ${sums.join(', ')}`;
}

function remedyFor(unclear: readonly DetectedFileReport[]): string {
  const lines = unclear.map((file) => `  ${plain(file.file)}: ${file.kind}, ${plain(file.reason)}`);
  return [
    `${unclear.length} of the files cannot be read as they are:`,
    ...lines,
    'A run refuses them. Leave them out, name their adapter in lauter.config.json (`mapped` reads any JSON by field paths),',
    'or pass --skip-unknown to `lauter distill run-all`.',
  ].join('\n');
}
