/**
 * What "the work could not be done" looks like. The class name travels through the engine as the failure type,
 * so it must stay in step with PERMANENT_FAILURES in the vocabulary.
 */
export abstract class LauterError extends Error {
  /** What the user should do next. */
  readonly remedy: string;
  readonly context: Readonly<Record<string, string | number | boolean>>;

  constructor(message: string, remedy: string, context: Readonly<Record<string, string | number | boolean>> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.remedy = remedy;
    this.context = context;
  }
}

/** The command line asks for something that does not exist or does not fit together. */
export class UsageError extends LauterError {}

/** The config file is unreadable, or a value in it is not what it must be. */
export class ConfigError extends LauterError {}

/** A source cannot be read: absent, empty, of an unknown or ambiguous format. */
export class SourceError extends LauterError {}

/** A source file is not what it was when the run was planned. */
export class SourceChangedError extends LauterError {}

/** A file of the lake is torn, altered or of another schema. */
export class LakeCorruptError extends LauterError {}

/** The workspace cannot be used: read-only, of another version, locked, or another one than expected. */
export class WorkspaceError extends LauterError {}

/** The firewall around SFT found a row on disk that must never stand there. */
export class FirewallBreach extends LauterError {}

/** There is no room to write. */
export class DiskFullError extends LauterError {}

/** The engine's server or worker cannot be reached or started. */
export class EngineError extends LauterError {}

/** The production system refused, or did not answer as its contract says. It may do so in a moment. */
export class ProductionError extends LauterError {}

/** The pause lease is no longer its holder's: it ran out, was ended, or another one has taken its place. */
export class LeaseLostError extends LauterError {}

/** A collection or what is measured on it cannot be used: absent, damaged, not what a file says it is. */
export class CollectionError extends LauterError {}

/** A search engine, an embedder or a judge did not answer as it must. It may do so in a moment. */
export class RetrieverError extends LauterError {}

/** A call of a model is not made, because more would be spent than may be. */
export class OverBudgetError extends LauterError {}
