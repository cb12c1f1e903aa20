import type { ChangeNotice } from '../../schemas/notice.ts';

/** What came of an attempt to deliver. What is told of a failure holds no secret. */
export type Delivery = { readonly delivered: true } | { readonly delivered: false; readonly problem: string };

/** Somebody who hears of changes. */
export interface Channel {
  /** The same for as long as it is the same address; says nothing of it. */
  readonly id: string;
  /** What people know it by, without what only they should know: of a web address the host alone. */
  readonly name: string;
  /** Rejects with the signal's reason when the caller breaks off. */
  deliver(notice: ChangeNotice, signal: AbortSignal): Promise<Delivery>;
}

/** The config's folder, from which relative paths start, and the environment that secrets are taken from. */
export interface ChannelPlace {
  readonly base: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export const DELIVERED: Delivery = { delivered: true };

/** A delivery that failed. */
export function undelivered(problem: string): Delivery {
  return { delivered: false, problem };
}
