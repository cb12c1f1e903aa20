/** A run that could not be done; what went wrong comes from an activity. */
export class RunFailed extends Error {
  readonly remedy: string;
  readonly type: string;
  readonly origin: string;
  /** Run that `lauter runs` knows; null for work of another kind. */
  readonly runId: string | null;

  constructor(message: string, remedy: string, type: string, origin: string, runId: string | null) {
    super(message);
    this.name = 'RunFailed';
    this.remedy = remedy;
    this.type = type;
    this.origin = origin;
    this.runId = runId;
  }
}
