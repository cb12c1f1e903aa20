import { nowMs } from '../../adapters/clock.ts';
import { formatDuration } from '../../reports/shared/format.ts';
import type { DoctorCheck } from '../../schemas/doctor-report.ts';
import { viewPause } from '../pause/pause-view.ts';
import { fail, ok, warn, type Patient } from './checks.ts';

/** Name of the check. A pause past its time is a refusal, not something that keeps Lauter from working. */
export const PAUSE_CHECK = 'production pause';

/** No pause of production is past its time, and a guard looks after one that is not. */
export function checkPause({ root, options }: Pick<Patient, 'root' | 'options'>): DoctorCheck {
  const expected = 'no pause, or one in its time with a guard that answers';
  const { lease, alarms, warnings, remedy } = viewPause(root, options, nowMs());
  const found =
    lease === null
      ? 'none'
      : `${lease.owner} holds ${lease.production_url}, ${lease.state} for ${formatDuration(lease.age_s * 1000)}, ` +
        `${Math.min(lease.ttl_left_s, lease.deadline_left_s)} s left`;
  if (alarms.length > 0) return fail(PAUSE_CHECK, [found, ...alarms.map(({ text }) => text)].join('; '), expected, remedy ?? '');
  return warnings.length > 0 ? warn(PAUSE_CHECK, `${found}; ${warnings.join(' ')}`, expected, '') : ok(PAUSE_CHECK, found, expected);
}
