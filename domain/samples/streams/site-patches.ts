import type { JsonObject } from '../../shared/json.ts';
import { createRandom, deriveSeed, type Random } from '../../shared/random.ts';
import { cycle, dealDeck } from '../deck.ts';
import { layDocument, layText } from '../lay-files.ts';
import { momentWithin } from '../moments.ts';
import { createSecretMint, type SecretMint } from '../secret-mint.ts';
import { machineLine, type MachineKind } from '../secret-sentences.ts';
import type { LaidFile, Stream, Telling } from '../telling.ts';
import { drawIssueFacts } from '../texts/repository.ts';
import { SITE_ISSUES, type IssueFacts, type SiteIssue } from '../texts/site-issues.ts';
import { unifiedDiff } from '../unified-diff.ts';

interface Ending {
  readonly proxies: { readonly edit: boolean; readonly lint: boolean; readonly test: boolean };
  readonly resolved: boolean | null;
  readonly change: 'fix' | 'miss' | 'none';
  readonly tries: number;
  readonly telling: Omit<Telling, 'task'>;
}

const ALL_TRUE = { edit: true, lint: true, test: true };

// How an instance ended. The proxies are the tool's own checks; only `resolved` is what the hidden tests said.
const ENDINGS = {
  resolved: { proxies: ALL_TRUE, resolved: true, change: 'fix', tries: 1, telling: { truth: 'resolved', expected: 'accepted' } },
  resolved_late: {
    proxies: ALL_TRUE,
    resolved: true,
    change: 'fix',
    tries: 3,
    telling: { truth: 'resolved', expected: 'accepted', planted: ['several_attempts'] },
  },
  resolved_red: {
    proxies: { edit: true, lint: true, test: false },
    resolved: true,
    change: 'fix',
    tries: 2,
    telling: { truth: 'resolved', expected: 'accepted', planted: ['proxies_false_yet_resolved', 'several_attempts'] },
  },
  trap: {
    proxies: ALL_TRUE,
    resolved: false,
    change: 'miss',
    tries: 1,
    telling: { truth: 'unresolved', expected: 'rejected', planted: ['all_proxies_true', 'fluent_failure'] },
  },
  trap_late: {
    proxies: ALL_TRUE,
    resolved: false,
    change: 'miss',
    tries: 2,
    telling: { truth: 'unresolved', expected: 'rejected', planted: ['all_proxies_true', 'fluent_failure', 'several_attempts'] },
  },
  failed: {
    proxies: { edit: true, lint: false, test: false },
    resolved: false,
    change: 'miss',
    tries: 3,
    telling: { truth: 'unresolved', expected: 'rejected' },
  },
  no_patch: {
    proxies: { edit: false, lint: true, test: false },
    resolved: false,
    change: 'none',
    tries: 1,
    telling: { truth: 'unresolved', expected: 'rejected', planted: ['empty_answer'] },
  },
  unjudged: {
    proxies: ALL_TRUE,
    resolved: null,
    change: 'fix',
    tries: 1,
    telling: { truth: 'none', expected: 'needs_human_review', planted: ['all_proxies_true', 'unlabelled'] },
  },
} satisfies Record<string, Ending>;

const COUNTS: Record<keyof typeof ENDINGS, number> = {
  resolved: 9,
  resolved_late: 4,
  resolved_red: 2,
  trap: 6,
  trap_late: 3,
  failed: 9,
  no_patch: 3,
  unjudged: 2,
};
const LEAKS: readonly MachineKind[] = ['connection_password', 'password', 'aws_secret', 'model_key', 'jwt'];

/** A patching agent on the booking site: one file an instance, hidden tests as truth, its own checks as proxies that mislead. */
export function tellSitePatches(seed: number): Stream {
  const random = createRandom(deriveSeed(seed, 'site-patches'));
  const mint = createSecretMint(random);
  const nextIssue = cycle(random, SITE_ISSUES);
  const instances = dealDeck(random, COUNTS).map((ending, nth) => {
    const facts = drawIssueFacts(random);
    const leak = nth % 8 === 3 ? LEAKS[(nth - 3) / 8] : undefined;
    return tellInstance(`tidewater__booking-site-${300 + nth * 7}`, ENDINGS[ending], nextIssue(), facts, random, mint, leak);
  });
  const predictions = instances.map(({ prediction }) => `${JSON.stringify(prediction)}\n`).join('');
  const files = [
    ...instances.map(({ file }) => file),
    ...instances.flatMap(({ chat }, nth) => (nth % 4 === 0 ? [chat] : [])),
    layText('site-patches/all_preds.jsonl', predictions),
  ];
  const about = 'Patches for issues of the booking site, one file an instance, with chat notes and a prediction list as companions.';
  return { name: 'site-patches', adapter: 'aider-bench', about, paths: ['site-patches/**/*'], files, secrets: mint.minted() };
}

interface Instance {
  readonly file: LaidFile;
  readonly chat: LaidFile;
  readonly prediction: JsonObject;
}

function tellInstance(
  id: string,
  ending: Ending,
  issue: SiteIssue,
  facts: IssueFacts,
  random: Random,
  mint: SecretMint,
  leak?: MachineKind,
): Instance {
  const names = { instance_id: id, model_name_or_path: 'patcher--quay-coder-2' };
  const config = leak === undefined || ending.change === 'none' ? '' : configDiff(machineLine(leak, mint, random));
  const patchOf = (change: Ending['change']) => (change === 'none' ? '' : unifiedDiff(issue[change](facts)) + config);
  const path = issue.fix(facts).path;
  const attempts = Array.from({ length: ending.tries }, (_, nth): JsonObject => {
    const isLast = nth === ending.tries - 1;
    const { edit, lint, test } = isLast ? ending.proxies : { edit: true, lint: nth % 2 === 0, test: false };
    return {
      ...names,
      model_patch: patchOf(isLast ? ending.change : 'miss'),
      model: nth % 2 === 0 ? 'quay-coder-2' : 'harbor-large-1',
      cost: (random.int(900) + 100) / 1000,
      added_files: [path],
      gold_files: [path],
      edited_files: ending.change === 'none' ? [] : [path],
      edit_outcome: edit,
      lint_outcome: lint,
      test_outcome: test,
      try: nth + 1,
    };
  });
  const value: JsonObject = { ...(attempts.at(-1) as JsonObject), tries: ending.tries, all_results: attempts, resolved: ending.resolved };
  const planted = [...(ending.telling.planted ?? []), ...(leak === undefined || ending.change === 'none' ? [] : [`secret:${leak}`])];
  return {
    file: layDocument(`site-patches/${id}.json`, { ...ending.telling, task: id, planted, value }),
    chat: layText(`site-patches/chat_md/${id}.md`, chatNotes(issue.text(facts), patchOf(ending.change), momentWithin(random))),
    prediction: { ...names, model_patch: patchOf(ending.change) },
  };
}

function configDiff(line: string): string {
  return unifiedDiff({
    path: 'deploy/site.env',
    at: 1,
    before: ['# settings of the booking site'],
    removed: line.split('\n'),
    added: ['# moved to the vault'],
    after: ['WORKERS=2'],
  });
}

function chatNotes(issue: string, patch: string, at: string): string {
  const when = at.replace('T', ' ').replace('Z', '');
  return `\n# aider chat started at ${when}\n\n> Models: quay-coder-2 with diff edit format\n> Repo-map: using 1024 tokens\n\n#### ${issue}  \n\nI will change the file as follows:\n\n\`\`\`diff\n${patch}\`\`\`\n\n> Applied edit\n`;
}
