import { closeSync, openSync } from 'node:fs';
import { AsyncByteQueue, makeBuilder, RecordBatch, RecordBatchStreamWriter, Struct, type Data, type Schema } from 'apache-arrow';
import { parseRecord } from '../../domain/shared/parse-record.ts';
import type { ExportSet } from '../../schemas/vocabulary.ts';
import { writeWhole } from '../atomic-write.ts';
import { translateDiskFull } from '../disk-full.ts';
import { columnValue } from './column-value.ts';
import { ARROW_SCHEMAS } from './columns.ts';

/** A record batch is written when it has this many rows, or when the lines it is made of have this many characters. */
const BATCH_ROWS = 1000;
const BATCH_CHARS = 8 << 20;

/**
 * Writes lines of a set as an Arrow IPC stream, which readers may map into memory as it lies. One record batch is held at a time. Returns the rows.
 * Throws DiskFullError when there is no room.
 */
export async function writeArrowStream(
  set: ExportSet | 'quarantine',
  lines: AsyncIterable<readonly string[]>,
  path: string,
): Promise<number> {
  const schema = ARROW_SCHEMAS[set];
  const row = new Struct(schema.fields);
  const file = openSync(path, 'w');
  try {
    const writer = new RecordBatchStreamWriter();
    writer.reset(new FileSink(file), schema);
    let rows = 0;
    let builder = rowBuilder(row);
    let chars = 0;
    const flush = (): void => {
      if (builder.length > 0) writer.write(batchOf(schema, builder.finish().flush()));
      builder = rowBuilder(row);
      chars = 0;
    };
    for await (const batch of lines) {
      for (const line of batch) {
        builder.append(columnValue(row, valueOf(line)) as Struct['TValue']);
        rows += 1;
        chars += line.length;
        if (builder.length >= BATCH_ROWS || chars >= BATCH_CHARS) flush();
      }
    }
    flush();
    writer.finish();
    return rows;
  } catch (error) {
    throw translateDiskFull(error, path) ?? error;
  } finally {
    closeSync(file);
  }
}

/** Bytes go to the file as they come; a queue would hold them until somebody reads it. */
class FileSink extends AsyncByteQueue {
  readonly #file: number;

  constructor(file: number) {
    super();
    this.#file = file;
  }

  override write(chunk: Uint8Array): void {
    if (chunk.byteLength > 0) writeWhole(this.#file, chunk);
  }
}

function rowBuilder(row: Struct) {
  return makeBuilder<Struct, null | undefined>({ type: row, nullValues: [null, undefined] });
}

function batchOf(schema: Schema, data: Data<Struct>): RecordBatch {
  return new RecordBatch(schema, data);
}

function valueOf(line: string) {
  const parsed = parseRecord(line);
  if (!parsed.ok) throw new Error(`an exported line cannot be read: ${parsed.detail}`);
  return parsed.value;
}
