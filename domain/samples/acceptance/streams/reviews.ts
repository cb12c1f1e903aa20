import type { JsonObject } from '../../../shared/json.ts';
import type { Leaks } from '../leaks.ts';
import { layDocument } from '../lay.ts';
import { NO, trap, YES, type Attempt, type Stream } from '../telling.ts';

/** Comments on pull requests that people accepted or not; one pull request stands in both files, and there is no diff to learn from. */
export function tellReviews(leaks: Leaks): Stream {
  const accepted = [
    pull(31, [
      comment('catalogue/loans.py', 12, 'This counts renewals twice. Verify it with a book that was renewed.'),
      comment('catalogue/loans.py', 40, `Rotate this, it stands in the diff: ${leaks.say('github_token', 'comment of a review')}`),
    ]),
    pull(32, [comment('catalogue/desk.py', 3, 'Name the unit: is this days or weeks?')]),
  ];
  const rejected = [pull(31, [comment('catalogue/loans.py', 12, 'Use a shorter name.')])];
  return {
    name: 'reviews',
    adapter: 'review-comments',
    isLabelled: true,
    paths: ['reviews/*'],
    files: [
      layDocument('reviews/positive_samples.json', accepted, [
        at(0, 0, trap(YES, 'same_pull_request')),
        at(0, 1, trap(YES, 'leak')),
        at(1, 0, trap(YES, 'no_prompt')),
      ]),
      layDocument('reviews/negative_samples.json', rejected, [at(0, 0, trap(NO, 'same_pull_request'))]),
    ],
  };
}

function at(pull: number, nth: number, attempt: Attempt) {
  return { pointer: `/${pull}/comments/${nth}`, ...attempt, pull_request: `/${pull}` };
}

function pull(number: number, comments: readonly JsonObject[]): JsonObject {
  return {
    githubPrUrl: `https://git.example.org/northmoor/catalogue/pull/${number}`,
    project_main_language: 'Python',
    comments: [...comments],
  };
}

function comment(path: string, line: number, note: string): JsonObject {
  return { is_ai_comment: true, note, path, side: 'right', source_model: 'fen-reviewer', from_line: line, to_line: line, category: 'Bug' };
}
