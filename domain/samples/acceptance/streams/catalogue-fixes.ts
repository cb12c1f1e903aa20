import type { JsonObject } from '../../../shared/json.ts';
import { unifiedDiff } from '../../unified-diff.ts';
import type { Leaks } from '../leaks.ts';
import { layCompanion, layDocument } from '../lay.ts';
import { NO, SILENT, trap, UNKNOWN, YES, type Attempt, type LaidFile, type Stream } from '../telling.ts';

/** Patches for the catalogue's site: what hidden tests said is the truth, the tool's own checks are proxies that mislead. */
export function tellCatalogueFixes(leaks: Leaks): Stream {
  const leak = leaks.say('aws_secret', 'line of a patch');
  const instances = [
    instance(101, 'sort_titles', true, [true, true, true], trap(YES, 'several_attempts'), 2),
    // Edited, lint clean, its own tests green, and wrong.
    instance(102, 'count_loans', false, [true, true, true], trap(NO, 'all_proxies_true')),
    instance(103, 'merge_readers', false, [true, true, true], trap(NO, 'all_proxies_true', 'leak'), 1, leak),
    instance(104, 'late_fine', true, [true, false, false], trap(YES, 'proxies_false_yet_resolved')),
    instance(105, 'print_slip', null, [true, true, true], trap(UNKNOWN, 'all_proxies_true', 'unlabelled')),
    instance(106, 'purge_cache', false, [false, false, false], { ...SILENT, truth: 'no' }, 1, undefined),
  ];
  const predictions = [101, 102].map(
    (id) => `${JSON.stringify({ instance_id: nameOf(id), model_name_or_path: 'fen-coder', model_patch: '' })}\n`,
  );
  const chat = '\n# aider chat started at 2026-05-04 10:00:00\n\n#### Titles are sorted by their article.  \n\n> Applied edit\n';
  return {
    name: 'catalogue-fixes',
    adapter: 'aider-bench',
    isLabelled: true,
    paths: ['catalogue-fixes/**/*'],
    files: [
      ...instances,
      layCompanion('catalogue-fixes/all_preds.jsonl', predictions.join('')),
      layCompanion(`catalogue-fixes/chat_md/${nameOf(101)}.md`, chat),
    ],
  };
}

function nameOf(id: number): string {
  return `northmoor__catalogue-${id}`;
}

function instance(
  id: number,
  what: string,
  resolved: boolean | null,
  [edit, lint, test]: readonly [boolean, boolean, boolean],
  attempt: Attempt,
  tries = 1,
  leak?: string,
): LaidFile {
  const patch = edit
    ? unifiedDiff({
        path: `catalogue/${what}.py`,
        at: 4,
        before: [`def ${what}(books):`],
        removed: ['    return books'],
        added: [...(leak === undefined ? [] : [`    # ${leak}`]), `    return sorted(books, key=lambda book: book.${what})`],
        after: [''],
      })
    : '';
  const result: JsonObject = {
    instance_id: nameOf(id),
    model_name_or_path: 'fen-coder',
    model_patch: patch,
    model: 'fen-coder-1',
    cost: 0.02,
    edit_outcome: edit,
    lint_outcome: lint,
    test_outcome: test,
  };
  const all = Array.from({ length: tries }, (_, nth) => ({ ...result, try: nth + 1 }));
  return layDocument(`catalogue-fixes/${nameOf(id)}.json`, { ...result, try: tries, tries, all_results: all, resolved }, [
    { pointer: '', ...attempt },
  ]);
}
