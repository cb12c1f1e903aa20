import type { NoticeWorld } from '../activities/probe/tell-change.ts';
import { now } from '../adapters/clock.ts';
import { sha256 } from '../adapters/digest.ts';
import { openChannels } from '../adapters/notify/open-channels.ts';
import { openNoticeBook } from '../adapters/notify/notice-book.ts';
import type { ProbeSettings } from '../schemas/probe-settings.ts';

/** What is told of a workspace's probes, and to whom. */
export interface NoticePlace {
  readonly workspace: string;
  readonly workspaceId: string;
  /** The config's folder. */
  readonly base: string;
  readonly notify: ProbeSettings['notify'];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The world as `tellChange` sees it. */
export function openNotices({ workspace, workspaceId, base, notify, env }: NoticePlace): NoticeWorld {
  const book = openNoticeBook(workspace);
  return { workspace: workspaceId, now, sha256, channels: openChannels(notify, { base, env }), exclusively: book.exclusively, book };
}
