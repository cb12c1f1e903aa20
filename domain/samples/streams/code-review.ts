import type { JsonObject } from '../../shared/json.ts';
import { createRandom, deriveSeed, type Random } from '../../shared/random.ts';
import { cycle } from '../deck.ts';
import { layNested, layText } from '../lay-files.ts';
import { createSecretMint, type SecretMint } from '../secret-mint.ts';
import { machineLine } from '../secret-sentences.ts';
import type { LaidFile, Stream, Telling } from '../telling.ts';
import { TAKEN_NOTES, TURNED_DOWN_NOTES, type Note } from '../texts/review-notes.ts';
import { ISSUE_MODULES, ISSUE_NOUNS } from '../texts/site-issues.ts';

// The file a comment stands in is the word of the author who took it up or turned it down.
const FILES = {
  positive: { notes: TAKEN_NOTES, telling: { truth: 'accepted by the author', expected: 'accepted' } },
  negative: { notes: TURNED_DOWN_NOTES, telling: { truth: 'rejected by the author', expected: 'rejected', planted: ['fluent_failure'] } },
} satisfies Record<string, { notes: readonly Note[]; telling: Omit<Telling, 'task'> }>;

const COMMITS = 'abcdef0123456789';

/** Review comments that authors took up or turned down, in two files; six pull requests stand in both. */
export function tellCodeReview(seed: number): Stream {
  const random = createRandom(deriveSeed(seed, 'code-review'));
  const mint = createSecretMint(random);
  const numbers = Array.from({ length: 26 }, (_, nth) => 401 + nth * 3);
  const heads = new Map(numbers.map((number) => [number, headOf(number, random)]));
  const files = [
    tellFile('positive', numbers.slice(0, 18), heads, random, mint),
    tellFile('negative', numbers.slice(12), heads, random, mint),
    layText('code-review/LICENSE.md', LICENSE),
  ];
  const about = 'Code review comments, one file of those taken up and one of those turned down.';
  return { name: 'code-review', adapter: 'review-comments', about, paths: ['code-review/**/*'], files, secrets: mint.minted() };
}

function tellFile(
  verdict: keyof typeof FILES,
  numbers: readonly number[],
  heads: ReadonlyMap<number, JsonObject>,
  random: Random,
  mint: SecretMint,
): LaidFile {
  const { notes, telling } = FILES[verdict];
  const nextNote = cycle(random, notes);
  const tellings: (Telling & { pointer: string })[] = [];
  const pulls = numbers.map((number, at): JsonObject => {
    const { category, ...head } = heads.get(number) as JsonObject;
    const comments = Array.from({ length: 2 + random.int(4) }, (_, nth) => {
      const isLeaky = verdict === 'positive' && nth === 0 && at % 5 === 1;
      const comment = commentOf(
        nextNote(),
        random,
        isLeaky ? ` This line is in the diff: \`${machineLine('github_token', mint, random)}\`. Rotate it, please.` : '',
      );
      const planted = [...('planted' in telling ? telling.planted : []), ...(isLeaky ? ['secret:github_token'] : [])];
      tellings.push({ ...telling, planted, task: `pull/${number}`, pointer: `/${at}/comments/${nth}`, day: 'undated' });
      return comment;
    });
    return { ...head, comments, category: category as string };
  });
  return layNested(`code-review/${verdict}_samples.json`, pulls, tellings);
}

function headOf(number: number, random: Random): JsonObject {
  const commit = () => Array.from({ length: 40 }, () => random.pick([...COMMITS])).join('');
  return {
    change_line_count: 12 + random.int(300),
    project_main_language: 'Python',
    source_commit: commit(),
    target_commit: commit(),
    githubPrUrl: `https://github.com/tidewater-cycles/booking-site/pull/${number}`,
    category: random.pick(['New Feature Development', 'Bug Fix', 'Refactoring', 'Performance Optimization']),
  };
}

function commentOf(note: Note, random: Random, leak: string): JsonObject {
  const noun = random.pick(ISSUE_NOUNS);
  const fn = `${random.pick(['collect', 'release', 'price', 'sync', 'notify', 'merge', 'plan'])}_${noun}`;
  const isByAgent = random.int(3) > 0;
  const from = 10 + random.int(220);
  return {
    is_ai_comment: isByAgent,
    note: note.say({ fn, noun, number: 3 + random.int(20) }) + leak,
    path: `booking_site/${random.pick(ISSUE_MODULES)}/${random.pick(['views', 'queries', 'prices', 'sync', 'slots'])}.py`,
    side: 'right',
    source_model: isByAgent ? random.pick(['harbor-large-1', 'quay-reviewer-1']) : '',
    from_line: from,
    to_line: from + random.int(4),
    category: note.category,
    context: random.pick(['Diff Level', 'File Level']),
  };
}

const LICENSE = `# Licence of these comments

The company, its repository and everything in this folder are made up. Use the texts for whatever you like.
The diffs are not part of the export, so no comment has a prompt: good for looking things up, useless for instruction data.
`;
