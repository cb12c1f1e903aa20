import { canonicalJson, TooDeepError } from '../../domain/shared/canonical-json.ts';
import { SourceChangedError } from '../../domain/shared/errors.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import type { Locator } from '../../schemas/evidence.ts';
import type { SourcePart } from '../../schemas/plan.ts';
import type { AdapterName } from '../../schemas/vocabulary.ts';
import { sha256 } from '../digest.ts';
import { readPart } from './read-part.ts';
import { SOURCE_ADAPTERS } from './registry.ts';
import type { RawRecord } from './source-adapter.ts';

/** How the records of a file are read: as the plan of a run says. */
export interface SourceReading {
  readonly part: SourcePart;
  readonly adapter: AdapterName;
  readonly options: Readonly<Record<string, unknown>>;
  readonly maxRecordBytes: number;
}

/** One attempt as it stands in its source now. */
export interface SignedRecord {
  readonly locator: Locator;
  /** 0-based. */
  readonly line: number;
  readonly sigHash: string;
  /** Id that evidence made of it has. */
  readonly evidenceId: string;
  /** What is signed: the record as read, or the part of it that is the attempt. */
  readonly signed: JsonValue;
  /** 0-based numbers of the lines it is made of, where it is made of several. */
  readonly lines: readonly number[] | undefined;
}

/**
 * The attempts of a part of a file, read and signed exactly as a run does, one record in memory at a time. A part whose bytes are no longer those
 * that were planned is read to its end all the same: here that is something to find out, not a reason to stop. With `mayHold`, other records are
 * passed over unread.
 */
export async function* signedRecords(
  { part, adapter, options, maxRecordBytes }: SourceReading,
  mayHold: (record: RawRecord) => boolean = () => true,
): AsyncIterable<SignedRecord> {
  const context = { path: part.source_file, options: options as Readonly<Record<string, JsonValue>> };
  try {
    for await (const batch of readPart(part, maxRecordBytes)) {
      for (const record of batch) {
        if ('fault' in record || !mayHold(record)) continue;
        for (const draft of SOURCE_ADAPTERS[adapter].normalize(record, context)) {
          if ('refused' in draft) continue;
          const text = draft.signed === record.value && record.canonical !== undefined ? record.canonical : textOf(draft.signed);
          if (text === undefined) continue;
          const sigHash = sha256(text);
          const { locator, line, signed, branch } = draft;
          yield { locator, line, sigHash, evidenceId: sha256(`${adapter}\n${sigHash}\n${branch}`), signed, lines: linesOf(record, signed) };
        }
      }
    }
  } catch (error) {
    if (!(error instanceof SourceChangedError)) throw error;
  }
}

function textOf(value: JsonValue): string | undefined {
  try {
    return canonicalJson(value);
  } catch (error) {
    if (error instanceof TooDeepError) return undefined;
    throw error;
  }
}

/** A session hands over all of its lines at once; a branch signs some of these very values. */
function linesOf({ value, lines }: RawRecord, signed: JsonValue): number[] | undefined {
  if (lines === undefined || !Array.isArray(value) || !Array.isArray(signed)) return undefined;
  const members = new Set(signed);
  return lines.filter((_, index) => members.has(value[index] as JsonValue));
}
