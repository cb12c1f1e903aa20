import { countRecords } from '../../adapters/sources/count-records.ts';
import type { DetectedFile } from '../../adapters/sources/detect.ts';
import { detectSources } from '../../adapters/sources/plan-sources.ts';
import { SourceError } from '../../domain/shared/errors.ts';
import { distillSettingsSchema } from '../../schemas/distill-settings.ts';
import type { DetectedFileReport } from '../../schemas/source-detection.ts';

/** The files that paths stand for, each once, with what they are. Nothing is refused but a path that does not exist. */
export async function detectPaths(paths: readonly string[], base: string): Promise<DetectedFile[]> {
  const detected = await detectSources(paths.map((path) => ({ paths: [path], base, options: {} })));
  const files = new Map<string, DetectedFile>();
  for (const file of detected.flatMap((request) => request.files)) if (!files.has(file.path)) files.set(file.path, file);
  return [...files.values()];
}

/** What is to be said of a file; a source is read to its end. */
export async function reportFile(file: DetectedFile): Promise<DetectedFileReport> {
  const { sourceFile, reason } = file;
  const bare = { file: sourceFile, adapters: [], confidence: null, records: null, broken: null, reason };
  switch (file.kind) {
    case 'source':
      return reportSource({ ...bare, adapters: [file.adapter], confidence: file.confidence }, file);
    case 'ignored':
      return file.companionOf === undefined ? { ...bare, kind: 'ignored' } : { ...bare, kind: 'companion', adapters: [file.companionOf] };
    case 'ambiguous':
      return { ...bare, kind: 'ambiguous', adapters: [...file.adapters] };
    case 'unknown':
      return { ...bare, kind: 'unknown' };
  }
}

/** A limit of the config cannot count here: nothing says which config. */
const MAX_RECORD_BYTES = distillSettingsSchema.parse({}).max_record_bytes;

async function reportSource(
  known: Omit<DetectedFileReport, 'kind'>,
  file: Extract<DetectedFile, { kind: 'source' }>,
): Promise<DetectedFileReport> {
  try {
    return { ...known, kind: 'source', ...(await countRecords(file, MAX_RECORD_BYTES)) };
  } catch (error) {
    if (error instanceof SourceError) return { ...known, kind: 'unreadable', reason: error.message };
    throw error;
  }
}
