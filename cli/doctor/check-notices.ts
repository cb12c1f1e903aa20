import { openChannels } from '../../adapters/notify/open-channels.ts';
import { openNoticeBook } from '../../adapters/notify/notice-book.ts';
import { LauterError } from '../../domain/shared/errors.ts';
import { formatAmount } from '../../reports/shared/format.ts';
import type { DoctorCheck } from '../../schemas/doctor-report.ts';
import type { ProbeSettings } from '../../schemas/probe-settings.ts';
import { commandFor } from '../command-line.ts';
import { ok, warn, type Patient } from './checks.ts';

const NAME = 'notices';
const EXPECTED = 'every change of the nightly probe told to everybody of probe.notify';

/** Whether everybody of `probe.notify` could be told of every change. */
export function checkNotices(
  { io, root, options }: Patient,
  { notify, base }: { readonly notify: ProbeSettings['notify']; readonly base: string },
): DoctorCheck {
  const channels = openChannels(notify, { base, env: io.env });
  if (channels.length === 0) return ok(NAME, 'nobody asked to hear', EXPECTED);
  try {
    const { waiting } = openNoticeBook(root).read();
    const problems = channels.flatMap(({ id, name }) => {
      const queue = waiting[id];
      if (queue === undefined) return [];
      const given = queue.dropped === 0 ? '' : `, ${queue.dropped} older ones given up`;
      return [
        `${name}: ${formatAmount(queue.notices.length, 'notice')} not delivered since ${queue.since}${given}: ${queue.problem ?? 'not tried yet'}`,
      ];
    });
    if (problems.length === 0) return ok(NAME, `${formatAmount(channels.length, 'receiver')}, nothing waits`, EXPECTED);
    const again = commandFor('probe nightly run', options);
    return warn(NAME, problems.join('; '), EXPECTED, `Mend what is named; they are sent with the next probe, at once with \`${again}\`.`);
  } catch (error) {
    if (error instanceof LauterError) return warn(NAME, error.message, EXPECTED, error.remedy);
    throw error;
  }
}
