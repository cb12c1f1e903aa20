import type { ReadRecord, Unreadable } from '../../activities/ports.ts';
import type { JsonObject } from '../../domain/shared/json.ts';
import { readElements, type Element } from '../element-reader.ts';
import { headerValue, isHeaderKey } from './log-header.ts';
import { readRecord } from './read-record.ts';

/** What stands beside the samples of a log, and where these lie. */
interface LogOutline {
  readonly header: JsonObject;
  readonly samples: { readonly start: number; readonly end: number; readonly line: number } | undefined;
  /** Breaks in the structure of the log itself. */
  readonly faults: readonly Unreadable[];
}

/**
 * The samples of a log (see the layout `log`), each with the header. The file is opened and read twice: its order is not part of the format, so that
 * the header may stand behind the samples, and no more than one of these is held in memory.
 */
export async function* readLog(open: () => AsyncIterable<Uint8Array>, maxRecordBytes: number): AsyncIterable<ReadRecord[]> {
  const { header, samples, faults } = await outlineOf(open(), maxRecordBytes);
  let isCutTold = false;
  if (samples !== undefined) {
    for await (const elements of readElements(slice(open(), samples), { maxBytes: maxRecordBytes })) {
      isCutTold ||= elements.some((element) => 'fault' in element && element.fault === 'truncated_line');
      yield elements.map((element) => sampleOf(element, samples.line, header));
    }
  }
  const untold = faults.filter(({ fault }) => fault !== 'truncated_line' || !isCutTold);
  if (untold.length > 0) yield untold;
}

async function outlineOf(chunks: AsyncIterable<Uint8Array>, maxRecordBytes: number): Promise<LogOutline> {
  const header: JsonObject = {};
  const faults: Unreadable[] = [];
  let samples: LogOutline['samples'];
  let isAmbiguous = false;
  for await (const entries of readElements(chunks, { maxBytes: maxRecordBytes, spans: true })) {
    for (const entry of entries) {
      const fault = breakIn(entry);
      if (fault !== undefined) faults.push(fault);
      isAmbiguous ||= fault?.fault === 'duplicate_key';
      if (entry.key === 'samples' && entry.span !== undefined) {
        const isAbsent = 'text' in entry && entry.text.trim() === 'null';
        if (!isAbsent) samples = { ...entry.span, line: entry.line };
      } else if ('text' in entry && isHeaderKey(entry.key)) {
        const value = headerValue(entry.text);
        if (value !== undefined) header[entry.key] = value;
      }
    }
  }
  // A log that says twice how it ended, or what its samples are, says nothing for sure of any of them.
  return { header, samples: isAmbiguous ? undefined : samples, faults };
}

/** A fault of the log's own structure; what is wrong within the samples is told sample by sample. */
function breakIn(entry: Element): Unreadable | undefined {
  if (!('fault' in entry)) return undefined;
  const isDecisive = entry.key === 'samples' || isHeaderKey(entry.key);
  if (entry.fault === 'duplicate_key' ? !isDecisive : entry.fault !== 'broken_json' && entry.fault !== 'truncated_line') return undefined;
  return { fault: entry.fault, detail: entry.detail, locator: { pointer: entry.pointer }, line: entry.line };
}

function sampleOf(element: Element, firstLine: number, header: JsonObject): ReadRecord {
  const place = { locator: { pointer: `/samples${element.pointer}` }, line: firstLine + element.line };
  if ('fault' in element) return { fault: element.fault, detail: element.detail, ...place };
  const record = readRecord(element.text, place);
  return 'fault' in record ? record : { ...record, header };
}

/** The bytes from `start` to `end`. All are read, because whoever hands them over makes sure in the end that they are the right ones. */
async function* slice(
  chunks: AsyncIterable<Uint8Array>,
  { start, end }: { readonly start: number; readonly end: number },
): AsyncIterable<Uint8Array> {
  let at = 0;
  for await (const chunk of chunks) {
    const piece = chunk.subarray(Math.max(0, start - at), Math.max(0, end - at));
    at += chunk.length;
    if (piece.length > 0) yield piece;
  }
}
