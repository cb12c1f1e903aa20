import { statSync } from 'node:fs';
import type { JsonValue } from '../../domain/shared/json.ts';
import { ADAPTERS, type AdapterName } from '../../schemas/vocabulary.ts';
import type { Compression } from '../byte-chunks.ts';
import type { ParquetFacts } from '../replay-archive.ts';
import { sampleFile } from './file-sample.ts';
import { SOURCE_ADAPTERS } from './registry.ts';
import type { Detection, FileSample, Layout } from './source-adapter.ts';
import type { FoundFile } from './walk.ts';

/** What a file turned out to be. */
export type DetectedFile = FoundFile &
  (
    | {
        readonly kind: 'source';
        readonly adapter: AdapterName;
        readonly layout: Layout;
        readonly compression: Compression;
        readonly confidence: number;
        readonly reason: string;
      }
    | {
        readonly kind: 'ignored';
        readonly reason: string;
        /** Format that the file belongs to without holding records. */
        readonly companionOf?: AdapterName;
      }
    | { readonly kind: 'unknown'; readonly reason: string }
    | { readonly kind: 'ambiguous'; readonly adapters: readonly AdapterName[]; readonly reason: string }
  );

/** Tells by its content what a file is. With `adapter` given, only that one is asked; `mapped` takes what its options say. */
export async function detectFile(
  file: FoundFile,
  chosen?: { readonly adapter: AdapterName; readonly options: Readonly<Record<string, JsonValue>> },
): Promise<DetectedFile> {
  if (statSync(file.path).size === 0) return { ...file, kind: file.explicit ? 'unknown' : 'ignored', reason: 'the file is empty' };
  const { sample, compression } = await sampleFile(file.path, file.name);
  if (chosen?.adapter === 'mapped') return detectMapped(file, sample, compression, chosen.options);
  const names = chosen === undefined ? ADAPTERS : [chosen.adapter];
  const detections = names
    .map((name): [AdapterName, Detection | undefined] => [name, SOURCE_ADAPTERS[name].detect(sample)])
    .filter((pair): pair is [AdapterName, Detection] => pair[1] !== undefined)
    .sort((left, right) => right[1].confidence - left[1].confidence);
  const [best, second] = detections;
  if (best === undefined) {
    if (sample.archive !== undefined) return { ...file, kind: 'unknown', reason: reasonOfArchive(sample.archive) };
    // Where something is wrong with it, it may be an archive all the same, so it is not passed over in silence.
    if (sample.parquet !== undefined)
      return {
        ...file,
        kind: file.explicit || mayBeArchive(sample.parquet) ? 'unknown' : 'ignored',
        reason: reasonOfParquet(sample.parquet),
      };
    const isCandidate = looksLikeJson(sample);
    if (!isCandidate && !file.explicit) return { ...file, kind: 'ignored', reason: 'not JSON, JSONL or a log archive' };
    return { ...file, kind: 'unknown', reason: isCandidate ? 'JSON of no known trace format' : 'not JSON, JSONL or a log archive' };
  }
  if (second !== undefined && second[1].confidence === best[1].confidence) {
    return {
      ...file,
      kind: 'ambiguous',
      adapters: [best[0], second[0]],
      reason: `${best[0]}: ${best[1].reason}; ${second[0]}: ${second[1].reason}`,
    };
  }
  const { layout, confidence, reason } = best[1];
  if (layout === 'companion') {
    const belongs = { ...file, reason: `${best[0]}: ${reason}` };
    return file.explicit ? { ...belongs, kind: 'unknown' } : { ...belongs, kind: 'ignored', companionOf: best[0] };
  }
  return { ...file, kind: 'source', adapter: best[0], layout, compression, confidence, reason };
}

/** A zip may be a log, so it is never passed over in silence. */
function reasonOfArchive(archive: NonNullable<FileSample['archive']>): string {
  if ('fault' in archive) return `a zip archive that is cut or damaged: ${archive.fault}`;
  return `a zip archive of no known trace format: expected the header of an evaluation log, found none among ${archive.members} members`;
}

function mayBeArchive(parquet: ParquetFacts): boolean {
  return parquet.fault !== null || parquet.schema?.startsWith('replay-archive/') === true;
}

function reasonOfParquet(parquet: ParquetFacts): string {
  if (parquet.fault !== null) return `a Parquet file that is cut or damaged: ${parquet.fault}`;
  if (mayBeArchive(parquet)) return `an archive of replay runs of another version: expected replay-archive/1, found ${parquet.schema}`;
  return `a Parquet file of no known trace format: expected an archive of replay runs, found the columns ${parquet.columns.slice(0, MOST_COLUMNS).join(', ')}`;
}

const MOST_COLUMNS = 8;

function detectMapped(
  file: FoundFile,
  sample: FileSample,
  compression: Compression,
  options: Readonly<Record<string, JsonValue>>,
): DetectedFile {
  if (!looksLikeJson(sample)) return { ...file, kind: file.explicit ? 'unknown' : 'ignored', reason: 'not JSON or JSONL' };
  const layout = options.layout === 'elements' || options.layout === 'document' ? options.layout : 'lines';
  return { ...file, kind: 'source', adapter: 'mapped', layout, compression, confidence: 1, reason: 'mapped by the config' };
}

/** JSON somewhere in the sample, or a name that promises it: such a file is never passed over in silence. */
function looksLikeJson(sample: FileSample): boolean {
  if (sample.lines.length > 0 || sample.firstElement !== undefined) return true;
  if (typeof sample.document === 'object' && sample.document !== null) return true;
  return /\.(?:jsonl?|ndjson|traj|eval)(?:\.(?:gz|zst))?$/i.test(sample.path);
}
