import { basename, resolve } from 'node:path';
import { appendLine } from '../append-line.ts';
import { sha256 } from '../digest.ts';
import type { NoticeReceiver } from '../../schemas/probe-settings.ts';
import { DELIVERED, undelivered, type Channel, type ChannelPlace } from './channel.ts';
import { runNoticeCommand } from './notice-command.ts';
import { postNotice } from './webhook.ts';

/** Those of `probe.notify`, each address once. Nothing is touched before there is something to deliver. */
export function openChannels(settings: readonly NoticeReceiver[], place: ChannelPlace): Channel[] {
  const channels = settings.map((one) => openChannel(one, place));
  return channels.filter(({ id }, at) => channels.findIndex((other) => other.id === id) === at);
}

function openChannel(settings: NoticeReceiver, place: ChannelPlace): Channel {
  switch (settings.kind) {
    case 'file': {
      const path = resolve(place.base, settings.path);
      return {
        id: idOf('file', path),
        name: `file ${basename(path)}`,
        deliver: async (notice) => appendNotice(path, JSON.stringify(notice)),
      };
    }
    case 'command':
      return {
        id: idOf('command', JSON.stringify(settings.command)),
        name: `command ${basename(settings.command[0] ?? '')}`,
        deliver: (notice, signal) => runNoticeCommand({ ...settings, timeoutMs: settings.timeout_s * 1000, place }, notice, signal),
      };
    case 'webhook':
      return {
        id: idOf('webhook', settings.url),
        name: `webhook ${new URL(settings.url).host}`,
        deliver: (notice, signal) => postNotice(settings, place.env, notice, signal),
      };
  }
}

function idOf(kind: NoticeReceiver['kind'], address: string): string {
  return `${kind}-${sha256(address).slice(0, 16)}`;
}

function appendNotice(path: string, line: string): ReturnType<typeof undelivered> {
  try {
    appendLine(path, line);
    return DELIVERED;
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return undelivered(`the file cannot be written (${error instanceof Error && error.name === 'DiskFullError' ? 'no room' : code})`);
  }
}
