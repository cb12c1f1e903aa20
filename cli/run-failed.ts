/** A run that could not be done; what went wrong comes from an activity. */
export class RunFailed extends Error {
  readonly remedy: string;
  readonly type: string;
  readonly origin: string;
  readonly runId: string;

  constructor(message: string, remedy: string, type: string, origin: string, runId: string) {
    super(message);
    this.name = 'RunFailed';
    this.remedy = remedy;
    this.type = type;
    this.origin = origin;
    this.runId = runId;
  }
}
