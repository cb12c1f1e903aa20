import { describeChange, stateOf } from '../../domain/probe/index.ts';
import type { ChangeNotice, NoticeBook } from '../../schemas/notice.ts';
import type { ProbeEvent } from '../../schemas/probe-event.ts';

/** What came of an attempt to deliver. */
export type Delivery = { readonly delivered: true } | { readonly delivered: false; readonly problem: string };

/** Somebody who hears of changes. */
export interface NoticeChannel {
  /** The same for as long as it is the same address. */
  readonly id: string;
  /** Tries as often as makes sense now. What goes wrong is told without a secret. */
  deliver(notice: ChangeNotice, signal: AbortSignal): Promise<Delivery>;
}

/** What telling needs of the world. */
export interface NoticeWorld {
  /** Id of the workspace. */
  readonly workspace: string;
  /** ISO 8601. */
  now(): string;
  sha256(text: string): string;
  readonly channels: readonly NoticeChannel[];
  /** Nobody else tells while the work goes on. */
  exclusively<Result>(work: () => Promise<Result>): Promise<Result>;
  readonly book: { read(): NoticeBook; /** Durable once it returns. */ write(book: NoticeBook): void };
}

/** How many notices were delivered, and how many wait for the next time. */
export interface NoticesTold {
  readonly delivered: number;
  readonly waiting: number;
}

type Waiting = NoticeBook['waiting'][string];

const MOST_WAITING = 50;
const MOST_SEEN = 20;

/**
 * Tells everybody of `probe.notify` that an event changed the state of its kind, and what they were not told before. Done again with the same event, as after a
 * death, it goes on where it was; a notice that had been delivered but not yet crossed out then comes twice, under one id.
 */
export function tellChange(world: NoticeWorld, event: ProbeEvent, signal: AbortSignal): Promise<NoticesTold> {
  return world.exclusively(async () => {
    world.book.write(note(world, world.book.read(), event));
    const told = { delivered: 0, waiting: 0 };
    for (const channel of world.channels) {
      told.delivered += await deliverAll(world, channel, signal);
      told.waiting += world.book.read().waiting[channel.id]?.notices.length ?? 0;
    }
    return told;
  });
}

/** The book with the event in it, and without those whom nobody wants to hear of it any more. */
function note({ workspace, sha256, channels, now }: NoticeWorld, book: NoticeBook, event: ProbeEvent): NoticeBook {
  const { [event.kind]: before = null, ...others } = book.states;
  const seen = before?.seen ?? [];
  const uid = event.run_uid;
  const isSeen = uid !== undefined && seen.includes(uid);
  const known = before === null ? null : { is_ok: before.is_ok, reason: before.reason };
  const notice = isSeen ? null : describeChange(known, event, workspace, sha256);
  const after = { ...stateOf(event), seen: [...seen, ...(uid === undefined ? [] : [uid])].slice(-MOST_SEEN) };
  const waiting = channels.flatMap(({ id }): [string, Waiting][] => {
    const queue = book.waiting[id] ?? { notices: [], problem: null, since: now(), dropped: 0 };
    const notices = notice === null ? queue.notices : [...queue.notices, notice];
    const surplus = Math.max(0, notices.length - MOST_WAITING);
    return notices.length === 0 ? [] : [[id, { ...queue, notices: notices.slice(surplus), dropped: queue.dropped + surplus }]];
  });
  return {
    schema: book.schema,
    states: isSeen ? book.states : { ...others, [event.kind]: after },
    waiting: Object.fromEntries(waiting),
  };
}

/** In their order: behind one that cannot be delivered the others wait. */
async function deliverAll({ book }: NoticeWorld, channel: NoticeChannel, signal: AbortSignal): Promise<number> {
  for (let delivered = 0; ; delivered += 1) {
    const now = book.read();
    const { [channel.id]: queue, ...others } = now.waiting;
    const [notice, ...later] = queue?.notices ?? [];
    if (queue === undefined || notice === undefined) return delivered;
    const result = await channel.deliver(notice, signal);
    if (!result.delivered) {
      book.write({ ...now, waiting: { ...others, [channel.id]: { ...queue, problem: result.problem } } });
      return delivered;
    }
    const rest = later.length === 0 ? {} : { [channel.id]: { ...queue, notices: later, problem: null } };
    book.write({ ...now, waiting: { ...others, ...rest } });
  }
}
