import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { readDocument } from './document.ts';

const { text } = readDocument('docs/statistics.md');

/** What stands in the fenced blocks of a language. */
function blocksOf(language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, block]) => block!);
}

/** A command as it is shown, with what is shown below it. */
const SHOWN = blocksOf('console').flatMap((block) =>
  block
    .split(/^\$ /m)
    .slice(1)
    .map((part): [string, string] => {
      const end = part.indexOf('\n');
      return [part.slice(0, end), part.slice(end + 1)];
    }),
);

test('docs/statistics.md shows every command of the group', () => {
  const verbs = new Set(SHOWN.map(([command]) => command.split(' ')[2]));
  expect([...verbs].sort()).toEqual(['bootstrap', 'mcnemar', 'mde', 'rbo', 'wilson']);
});

test.each(SHOWN)('%s prints what docs/statistics.md says', async (command, printed) => {
  const folder = temporaryFolder();
  const [before, after] = blocksOf('json');
  for (const [name, content] of Object.entries({ 'orchard.csv': blocksOf('csv')[0], 'before.json': before, 'after.json': after }))
    writeFileSync(join(folder, name), content!);
  expect(await runCli(command.split(' ').slice(1), folder)).toEqual({ code: 0, out: printed, err: '' });
});
