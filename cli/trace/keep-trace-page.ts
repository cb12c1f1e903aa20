import { startFile } from '../../adapters/files/new-file.ts';
import type { Io } from '../io.ts';

/** Writes the page of a trace and what lies beside it, and says where. */
export function keepTracePage(
  io: Io,
  path: string,
  render: (path: string) => readonly { readonly path: string; readonly text: string }[],
): void {
  for (const { path: own, text } of render(path)) {
    const file = startFile(own);
    try {
      file.write(text);
      file.publish();
    } finally {
      file.discard();
    }
  }
  io.err(`written to ${path}, with its tables beside it`);
}
