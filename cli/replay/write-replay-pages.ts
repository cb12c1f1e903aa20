import { basename, dirname, resolve } from 'node:path';
import { keepReport } from '../bench/keep-report.ts';
import { plain, type Io } from '../io.ts';

/** Writes a report where its page was asked for, `.html` or not, Markdown, JSON and tables beside it under the same name, and says where. */
export function writeReplayPages(
  io: Io,
  given: string,
  render: (name: string) => readonly { readonly name: string; readonly text: string }[],
): void {
  const path = resolve(io.cwd, given);
  const files = render(basename(path).replace(/\.html?$/i, ''));
  keepReport(dirname(path), files);
  io.err(`written to ${plain(resolve(dirname(path), files.at(-1)!.name))}, with Markdown, JSON and tables beside it`);
}
