import { basename, resolve } from 'node:path';
import { plain, type Io } from '../io.ts';
import { keepReport } from './keep-report.ts';

/** Writes the files of a report into the folder that was asked for, and says where its page is: the last of them. */
export function tellReport(io: Io, given: string, files: readonly { readonly name: string; readonly text: string }[]): void {
  const folder = resolve(io.cwd, given);
  keepReport(folder, files);
  io.err(`written to ${plain(folder)}: ${basename(files.at(-1)?.name ?? '')}, with Markdown, JSON and tables beside it`);
}
