import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { kindOfEventFile } from '../../adapters/bench/event-file.ts';
import { readJsonLines } from '../../adapters/bench/json-lines.ts';
import { startSha256 } from '../../adapters/digest.ts';
import { digestFile } from '../../adapters/file-digest.ts';
import { readEventParquet } from '../../adapters/lake/bench-parquet.ts';
import { evidenceDigest, scanEvidence } from '../../adapters/lake/evidence-events.ts';
import { parseTimestamp } from '../../adapters/sources/timestamps.ts';
import { evidenceEvent, readEvent, type SourceEvent } from '../../domain/bench/index.ts';
import { SourceError } from '../../domain/shared/errors.ts';
import type { JsonValue } from '../../domain/shared/json.ts';
import { parseRecord } from '../../domain/shared/parse-record.ts';
import type { CorpusManifest } from '../../schemas/bench-corpus.ts';

/** Takes one event in; `place` says where it stands. */
export type TakeEvent = (event: SourceEvent, place: string) => void;

/** Where the events of a corpus come from. */
export interface EventSource {
  /** Hands over every event, and says what it was that it read. SourceError that names the place of a row that is no event. */
  read(take: TakeEvent): Promise<CorpusManifest['source_identity']>;
}

/** The source that `--from` names: `lake` or the folder of a workspace for its evidence, else a file of JSON lines or Parquet. */
export function openEventSource(workspace: string, from: string, cwd: string): EventSource {
  const path = resolve(cwd, from);
  if (from === 'lake') return evidenceOf(workspace);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true && existsSync(join(path, 'workspace.json')))
    return evidenceOf(path);
  return kindOfEventFile(path) === 'parquet' ? parquetFile(path, from) : lineFile(path, from);
}

function lineFile(path: string, shown: string): EventSource {
  return {
    read: async (take) => {
      const digest = startSha256();
      for await (const read of readJsonLines(path, (piece) => digest.update(piece))) {
        const place = `${shown}:${read.line}`;
        if (!read.ok) throw notAnEvent(place, 'one JSON object', read.fault);
        take(eventIn(read.value, place), place);
      }
      return { kind: 'jsonl', sha256: digest.digest() };
    },
  };
}

function parquetFile(path: string, shown: string): EventSource {
  return {
    read: async (take) => {
      let row = 0;
      for await (const batch of readEventParquet(path)) {
        for (const text of batch) {
          row += 1;
          const place = `${shown}, row ${row}`;
          const parsed = parseRecord(text);
          if (!parsed.ok) throw notAnEvent(place, 'values that JSON can hold', parsed.fault);
          take(eventIn(parsed.value, place), place);
        }
      }
      return { kind: 'parquet', sha256: digestFile(path).sha256 };
    },
  };
}

function evidenceOf(workspace: string): EventSource {
  return {
    read: async (take) => {
      const digest = evidenceDigest(workspace);
      await scanEvidence(workspace, (rows) => {
        for (const row of rows) take(evidenceEvent(row), `evidence ${row.id}`);
      });
      return { kind: 'evidence', sha256: digest };
    },
  };
}

function eventIn(value: JsonValue, place: string): SourceEvent {
  const event = readEvent(value, parseTimestamp);
  if ('eventId' in event) return event;
  throw notAnEvent(place, event.expected, event.found);
}

function notAnEvent(place: string, expected: string, found: string): SourceError {
  return new SourceError(
    `reading events from ${place}: expected ${expected}, found ${found}.`,
    'Correct that row or leave it out; docs/bench.md says what an event looks like.',
  );
}
