import { expect, test } from 'vitest';
import { openChannels } from '../../../adapters/notify/open-channels.ts';
import { openNoticeBook } from '../../../adapters/notify/notice-book.ts';
import { checkNotices } from '../../../cli/doctor/check-notices.ts';
import type { ProbeSettings } from '../../../schemas/probe-settings.ts';
import { HARBOUR_NOTICE } from '../../support/probe-events.ts';
import { recordingIo } from '../../support/recording-io.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const notify: ProbeSettings['notify'] = [
  { kind: 'file', path: 'notices.jsonl' },
  { kind: 'webhook', url: 'https://hooks.example/services/secret', secret_env: 'S', allow_private: false, timeout_s: 10 },
];

function look(root: string, settings = notify) {
  return checkNotices({ io: recordingIo(), root, options: {} }, { notify: settings, base: root });
}

test('where nobody wants to hear, or nothing waits, all is well', () => {
  const root = temporaryFolder();
  expect(look(root, [])).toMatchObject({ status: 'ok', message: 'nobody asked to hear' });
  expect(look(root)).toMatchObject({ status: 'ok', message: '2 receivers, nothing waits' });
});

test('what could not be delivered is a warning, with the reason and without the secret part of the address', () => {
  const root = temporaryFolder();
  const [, hook] = openChannels(notify, { base: root, env: {} });
  const queue = { notices: [HARBOUR_NOTICE], problem: 'hooks.example: http_5xx: status 503', since: HARBOUR_NOTICE.at, dropped: 0 };
  openNoticeBook(root).write({ schema: 'notice-book/1', states: {}, waiting: { [hook!.id]: queue, 'file-of-old': queue } });
  const check = look(root);
  expect(check).toMatchObject({
    status: 'warn',
    message: `webhook hooks.example: 1 notice not delivered since ${HARBOUR_NOTICE.at}: hooks.example: http_5xx: status 503`,
  });
  expect(JSON.stringify(check)).not.toContain('secret');
});

test('a book that cannot be read is a warning', () => {
  const root = temporaryFolder({ 'lake/eval/notices/notices.json': 'seaweed' });
  expect(look(root)).toMatchObject({ status: 'warn', message: expect.stringContaining('notices.json') as string });
});
