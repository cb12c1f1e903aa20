/** The one table of exit codes; every command uses it. */
export const EXIT = {
  /** Done and accepted. */
  accepted: 0,
  /** Done and refused: a gate, a floor, an invariant said no. */
  refused: 1,
  /** Could not be done: usage, configuration, input, a missing prerequisite. */
  impossible: 2,
  /** Interrupted; nothing is lost. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
