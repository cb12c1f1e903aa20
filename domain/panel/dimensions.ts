import { UsageError } from '../shared/errors.ts';

/** What a panel scores an output by, unless it is told otherwise. */
export const PANEL_DIMENSIONS = ['goal', 'depth', 'specificity', 'correctness', 'usefulness'] as const;

/** What a panel scores short answers by. */
export const ANSWER_DIMENSIONS = ['correctness', 'completeness'] as const;

/** What a known dimension asks, in a line; undefined for a name of the user's own. */
export function definitionOf(dimension: string): string | undefined {
  return DEFINITIONS.get(dimension);
}

const DEFINITIONS: ReadonlyMap<string, string> = new Map([
  ['goal', 'does the output do what the task asks for, all of it?'],
  ['depth', 'does it go to the substance, or stay on the surface?'],
  ['specificity', 'does it hold concrete details, figures and examples where they are due?'],
  ['correctness', 'is what it says true, and free of contradictions?'],
  ['completeness', 'does it hold everything that the right answer holds?'],
  ['usefulness', 'can the person who set the task use it as it is?'],
]);

/** The dimensions of `a,b`: names of letters, digits, `_` and `-`, each once. UsageError for anything else. */
export function parseDimensions(given: string): string[] {
  const names = given.split(',').map((name) => name.trim());
  const wrong = names.find((name) => !NAME.test(name));
  if (wrong !== undefined)
    throw refuse(`a name of at most 40 letters, digits, _ and -, beginning with a letter, found ${JSON.stringify(wrong.slice(0, 60))}`);
  if (names.length > MOST_DIMENSIONS) throw refuse(`at most ${MOST_DIMENSIONS} names, found ${names.length}`);
  const twice = names.find((name, at) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) < at);
  if (twice !== undefined) throw refuse(`each name once, found ${twice} twice`);
  return names;
}

const NAME = /^[A-Za-z][A-Za-z0-9_-]{0,39}$/;
const MOST_DIMENSIONS = 12;

function refuse(wrong: string): UsageError {
  return new UsageError(
    `reading the dimensions, on --dimensions: expected ${wrong}.`,
    'Give names separated by commas, such as goal,correctness.',
    { flag: '--dimensions' },
  );
}
