import type { Planted, PlantedAttempt, PlantedFile } from '../../../schemas/acceptance-planted.ts';
import type { QuarantineReason } from '../../../schemas/vocabulary.ts';
import type { Leaks } from './leaks.ts';
import type { LaidFile, Stream } from './telling.ts';

/** What stands where in the files of all streams, and what was planted in them. */
export function tellPlanted(streams: readonly Stream[], leaks: Leaks): Planted {
  return {
    schema: 'acceptance-planted/1',
    sources: streams.map(({ name, adapter, isLabelled }) => ({ name, adapter, is_labelled: isLabelled })),
    files: streams.flatMap(({ name, files }) => files.map((file) => plantedFile(name, file))),
    secrets: leaks.planted().map(({ text, ...rest }) => ({ ...rest, parts: splitText(text) })),
  };
}

/** One attempt and one secret a line, so that a difference shows which one. */
export function writePlanted({ sources, files, secrets, schema }: Planted): string {
  const rows = (items: readonly unknown[], indent: string): string => items.map((item) => `${indent}${JSON.stringify(item)}`).join(',\n');
  const listed = files.map(({ attempts, ...head }) => {
    const opening = JSON.stringify(head).slice(0, -1);
    return attempts.length === 0
      ? `    ${opening}, "attempts": [] }`
      : `    ${opening}, "attempts": [\n${rows(attempts, '      ')}\n    ] }`;
  });
  return `{\n  "schema": ${JSON.stringify(schema)},\n  "sources": [\n${rows(sources, '    ')}\n  ],\n  "files": [\n${listed.join(',\n')}\n  ],\n  "secrets": [\n${rows(secrets, '    ')}\n  ]\n}\n`;
}

function plantedFile(source: string, { path, attempts, refused }: LaidFile): PlantedFile {
  const reasons: Partial<Record<QuarantineReason, number>> = {};
  for (const { reason } of refused) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return {
    file: path,
    source,
    records: attempts.length + refused.length,
    refused: reasons,
    attempts: attempts as readonly PlantedAttempt[] as PlantedAttempt[],
  };
}

// In pieces, so that neither a scanner nor a search for the secret itself finds this file.
function splitText(text: string): string[] {
  const size = Math.ceil(text.length / 3);
  return [text.slice(0, size), text.slice(size, size * 2), text.slice(size * 2)];
}
