/**
 * What freezing and verifying a release need of the world, as types; `cli/release/` wires adapters into them. Paths are relative to the workspace
 * unless they say otherwise.
 */
import type { LedgerFault } from '../../domain/shared/check-ledger.ts';
import type { AuditBaselineRow } from '../../schemas/audit-baseline.ts';
import type { ReleaseEntry } from '../../schemas/release-entry.ts';
import type { FrozenSplits } from '../../schemas/release-manifest.ts';
import type { Clock } from '../ports.ts';
import type { ReceiptWorld } from '../receipt-world.ts';

/** The repository that holds the workspace. */
export interface Repository {
  /** Hash of the commit that is checked out. */
  head(): Promise<string>;
  branch(): Promise<string | null>;
  /** Paths, relative to the repository, that are not as they are committed; files that git ignores aside. */
  changes(): Promise<readonly string[]>;
  /** Hash of the commit that a hash, tag or branch stands for; undefined when it stands for none. */
  commitOf(name: string): Promise<string | undefined>;
  /** Where a tag is and what its message says; undefined when there is none of that name. The commit is null for a tag of something else. */
  tag(name: string): Promise<{ readonly commit: string | null; readonly message: string } | undefined>;
  isAncestor(commit: string, of: string): Promise<boolean>;
}

/** How a command ended that was to run to its end. */
export interface CommandEnd {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly signal: string | null;
  readonly isTimedOut: boolean;
}

/** The baselines of the audits. */
export interface Baselines {
  /** Undefined when there is none, or none that can be read. */
  latest(): Promise<AuditBaselineRow | undefined>;
  /** Text of a row by its position, as canonical JSON; undefined when there is none. */
  rowAt(seq: number): Promise<string | undefined>;
  /** What is wrong with the chain. */
  fault(): Promise<LedgerFault | undefined>;
}

/** Releases as the lake keeps them. */
export interface KeptReleases {
  /** Writes the split of every exported task of a run. */
  publishSplits(runId: string, version: string): Promise<FrozenSplits>;
  /** Makes the release count for every later run. */
  enter(entry: ReleaseEntry): void;
  /** Undefined when there is none, null when it cannot be read. */
  entry(version: string): ReleaseEntry | null | undefined;
}

/** What the data of a release is held against. */
export interface DataWorld {
  readonly receipts: ReceiptWorld;
  readonly baselines: Baselines;
  readonly releases: KeptReleases;
}

/** What came of a gate. */
export interface GateOutcome {
  readonly state: 'passed' | 'failed';
  readonly detail: string;
  readonly findings?: readonly string[];
}

/** A gate that somebody else keeps: acceptance, and the audit. */
export interface ForeignGate {
  (stop: AbortSignal): Promise<GateOutcome>;
}

export interface FreezeWorld extends DataWorld {
  readonly clock: Clock;
  readonly repository: Repository;
  /** Text of `release-milestones.json` of the repository; undefined when there is none. */
  readMilestones(): string | undefined;
  /** `npm test` where package.json has a test script. */
  readonly usualTestCommand: string | undefined;
  /** Runs a command of a shell in the repository; what it prints goes to a log file. */
  runTests(command: string, stop: AbortSignal): Promise<CommandEnd>;
  readonly acceptance: ForeignGate;
  readonly audit: ForeignGate;
}
