import { join } from 'node:path';
import { startFile } from '../../adapters/files/new-file.ts';

/** Writes the files of a report into a folder, which is made when it is missing; each stands there whole or not at all. */
export function keepReport(folder: string, files: readonly { readonly name: string; readonly text: string }[]): void {
  for (const { name, text } of files) {
    const file = startFile(join(folder, name));
    try {
      file.write(text);
      file.publish();
    } finally {
      file.discard();
    }
  }
}
