/** What a note is about. */
export interface NoteFacts {
  readonly fn: string;
  readonly noun: string;
  readonly number: number;
}

/** A review comment with the category reviewers file it under. */
export interface Note {
  readonly category: string;
  readonly say: (facts: NoteFacts) => string;
}

/** Comments that the authors of the change took up. */
export const TAKEN_NOTES: readonly Note[] = [
  {
    category: 'Code Defect',
    say: ({ fn, noun }) =>
      `\`${fn}\` divides by \`len(${noun})\` without a check. An empty station gives a ZeroDivisionError; return 0 or raise something that names the station.`,
  },
  {
    category: 'Code Defect',
    say: ({ fn, number }) =>
      `The loop in \`${fn}\` stops at ${number - 1}, but the docks are numbered from 1 to ${number}. The last dock is never released.`,
  },
  {
    category: 'Code Defect',
    say: ({ noun }) =>
      `\`${noun}\` is changed while it is iterated. Collect what should go first and remove it afterwards, otherwise every second one is skipped.`,
  },
  {
    category: 'Code Defect',
    say: ({ fn }) =>
      `\`${fn}\` compares a naive datetime with an aware one and will raise at run time. Please make both aware at the place where they are read.`,
  },
  {
    category: 'Security Vulnerability',
    say: ({ fn, noun }) =>
      `The query in \`${fn}\` is put together from user input. Use a placeholder for \`${noun}\`, as the other queries in this module do.`,
  },
  {
    category: 'Security Vulnerability',
    say: ({ fn }) => `\`${fn}\` follows redirects to any host and sends the session cookie along. Limit it to our own hosts.`,
  },
  {
    category: 'Performance',
    say: ({ fn, noun, number }) =>
      `\`${fn}\` runs one query per element of \`${noun}\`; a day with ${number}00 of them takes seconds. One query with an IN list does the same.`,
  },
  {
    category: 'Performance',
    say: ({ noun, number }) => `All ${noun} of the year are loaded to show ${number} of them. Put the limit into the query.`,
  },
  {
    category: 'Maintainability and Readability',
    say: ({ fn }) => `\`${fn}\` returns a tuple of five. A small dataclass would keep the callers from mixing up the two prices.`,
  },
  {
    category: 'Maintainability and Readability',
    say: ({ fn, number }) =>
      `The ${number} in \`${fn}\` stands for the free minutes, I suppose. Please give it the name that the rest of the code uses.`,
  },
  {
    category: 'Test Coverage',
    say: ({ fn, number }) =>
      `The tests of \`${fn}\` never reach the case of exactly ${number} riders, and that is the one this change is about.`,
  },
  {
    category: 'Error Handling',
    say: ({ fn, noun }) =>
      `\`${fn}\` catches Exception and returns an empty list. When the database is away the site then says that there are no ${noun}.`,
  },
];

/** Comments that the authors turned down. */
export const TURNED_DOWN_NOTES: readonly Note[] = [
  {
    category: 'Maintainability and Readability',
    say: ({ fn }) => `Great use of early returns in \`${fn}\`! This makes the code very readable and maintainable.`,
  },
  {
    category: 'Maintainability and Readability',
    say: ({ noun }) => `Consider renaming \`${noun}\` to \`the_${noun}\` so that readers know that it is a variable.`,
  },
  {
    category: 'Performance',
    say: ({ fn, number }) => `\`${fn}\` uses a list of ${number} elements. A tree would be asymptotically better and more future-proof.`,
  },
  {
    category: 'Code Defect',
    say: ({ fn, noun }) =>
      `\`${fn}\` does not check whether \`${noun}\` is None. (The caller two lines above does, but it might change one day.)`,
  },
  {
    category: 'Code Defect',
    say: ({ number }) => `An integer overflow is possible here if there are more than 2^63 bikes. Please use at least ${number} bytes.`,
  },
  {
    category: 'Security Vulnerability',
    say: ({ fn }) => `\`${fn}\` logs the station name, which could be considered sensitive in some jurisdictions.`,
  },
  {
    category: 'Error Handling',
    say: ({ fn }) => `Wrap the body of \`${fn}\` in try/except to make it more robust against any kind of error.`,
  },
  {
    category: 'Test Coverage',
    say: ({ noun, number }) => `There should be ${number * 100} more tests to make sure that ${noun} really work in production.`,
  },
];
