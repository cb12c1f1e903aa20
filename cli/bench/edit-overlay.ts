import { openCorpus, type OpenCorpus } from '../../activities/bench/open-corpus.ts';
import { corpusFilesIn, openCorpusFiles } from '../../adapters/bench/corpus-files.ts';
import { replaceFolder } from '../../adapters/bench/replace-folder.ts';
import { shareRows, writeManifest, writeRows } from '../../adapters/bench/write-corpus.ts';
import { now } from '../../adapters/clock.ts';
import { sha256 } from '../../adapters/digest.ts';
import {
  addToOverlay,
  MAX_OVERLAY_EVENTS,
  overlayHash,
  removeFromOverlay,
  sealManifest,
  storeContent,
  type EventContent,
  type SourceEvent,
} from '../../domain/bench/index.ts';
import { SourceError, UsageError } from '../../domain/shared/errors.ts';
import type { CorpusManifest, OverlayRow } from '../../schemas/bench-corpus.ts';
import type { OverlayEdit } from '../../schemas/bench-corpus-reports.ts';
import type { EventSource } from './event-source.ts';
import { corpusFiles, DIGESTS } from './open-bench.ts';

/** Adds an event to the overlay: of a source of events, or of the corpus itself when there is none. UsageError when it cannot stand there. */
export async function addAdversarial(
  root: string,
  version: string,
  { eventId, reason, source }: { readonly eventId: string; readonly reason: string; readonly source: EventSource | undefined },
): Promise<OverlayEdit> {
  const corpus = await openCorpus(corpusFiles(openCorpusFiles(root, version)), DIGESTS);
  const content = source === undefined ? contentInCorpus(corpus, eventId) : await contentInSource(source, eventId);
  const edit = addToOverlay(corpus.overlay, content, reason, now());
  if ('refused' in edit) throw refused(eventId, version, edit.refused);
  return publish(root, corpus, edit.rows, { action: 'added', eventId });
}

/** Takes an event out of the overlay. UsageError when it is not in it. */
export async function removeAdversarial(root: string, version: string, eventId: string): Promise<OverlayEdit> {
  const corpus = await openCorpus(corpusFiles(openCorpusFiles(root, version)), DIGESTS);
  const edit = removeFromOverlay(corpus.overlay, eventId);
  if ('refused' in edit) throw refused(eventId, version, edit.refused);
  return publish(root, corpus, edit.rows, { action: 'removed', eventId });
}

/** Overlay and manifest change together: the corpus is swapped for one with the same rows. */
async function publish(
  root: string,
  corpus: OpenCorpus,
  rows: readonly OverlayRow[],
  { action, eventId }: { readonly action: OverlayEdit['action']; readonly eventId: string },
): Promise<OverlayEdit> {
  const { version } = corpus;
  const stored = openCorpusFiles(root, version);
  const before = ownManifest(corpus);
  const hash = overlayHash(rows, sha256);
  await replaceFolder(stored.folder, async (folder) => {
    const staged = corpusFilesIn(folder, version);
    shareRows(stored, staged);
    const written = writeRows(staged, 'overlay.jsonl', rows);
    const fileHashes = before.file_hashes === null ? null : { ...before.file_hashes, 'overlay.jsonl': written.sha256 };
    writeManifest(staged, sealManifest({ ...before, overlay_hash: hash, file_hashes: fileHashes }, sha256));
    await openCorpus(corpusFiles(staged), DIGESTS);
  });
  return {
    schema: 'bench-overlay-edit/1',
    corpus_version: version,
    action,
    event_id: eventId,
    overlay_count: rows.length,
    overlay_hash: hash,
  };
}

function ownManifest({ manifest, version }: OpenCorpus): CorpusManifest {
  if (manifest !== undefined) return manifest;
  throw new UsageError(
    `editing the overlay of ${version}: expected a corpus of Lauter, found one of another program.`,
    'Build one with `lauter bench corpus init`.',
  );
}

function contentInCorpus({ rows, version }: OpenCorpus, eventId: string): EventContent {
  const row = rows.find(({ event_id }) => event_id === eventId);
  if (row === undefined) {
    throw new UsageError(
      `adding ${eventId} to the overlay of ${version}: expected an event of the corpus, found none of that id.`,
      'Name the source that has it with --from.',
    );
  }
  const { event_id, source, redacted_content, content_sha256 } = row;
  return { event_id, source, redacted_content, content_sha256 };
}

async function contentInSource(source: EventSource, eventId: string): Promise<EventContent> {
  let found: SourceEvent | undefined;
  await source.read((event) => {
    if (event.eventId === eventId) found ??= event;
  });
  const payload = found?.payload;
  const stored = found === undefined || payload === undefined ? undefined : storeContent({ ...found, payload }, sha256);
  if (stored !== undefined) return stored.content;
  const what =
    found === undefined ? 'none of that id' : payload === undefined ? 'one whose payload is no JSON object' : 'one that cannot be redacted';
  throw new SourceError(
    `looking for the event ${eventId}: expected it in the source, found ${what}.`,
    'Name another event, or another source with --from.',
  );
}

function refused(eventId: string, version: string, why: 'known' | 'unknown' | 'full'): UsageError {
  const on = `editing the overlay of ${version}, on ${eventId}`;
  if (why === 'known')
    return new UsageError(`${on}: expected an event that is not in it, found it there.`, 'Remove it first to give another reason.');
  if (why === 'unknown')
    return new UsageError(`${on}: expected an event of the overlay, found none of that id.`, 'Name one that overlay.jsonl holds.');
  return new UsageError(`${on}: expected fewer than ${MAX_OVERLAY_EVENTS} events in it, found ${MAX_OVERLAY_EVENTS}.`, 'Remove one first.');
}
