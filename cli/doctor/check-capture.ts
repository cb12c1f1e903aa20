import { captureFailuresSince } from '../../adapters/search/capture-failures.ts';
import { formatAmount } from '../../reports/shared/format.ts';
import type { CaptureFailure } from '../../schemas/captured-row.ts';
import type { DoctorCheck } from '../../schemas/doctor-report.ts';
import { CAPTURE_FAILURES, type CaptureFailureReason } from '../../schemas/vocabulary.ts';
import { ok, warn, type Patient } from './checks.ts';

const NAME = 'eval_capture';
const EXPECTED = 'no search of the last 24 hours that could not be captured';

/** Searches of the last day that were to be captured and could not be. */
export function checkCapture({ root }: Pick<Patient, 'root'>, nowMs = Date.now(), read = captureFailuresSince): DoctorCheck {
  try {
    return judge(read(root, nowMs - DAY_MS));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isDenied = code === 'EACCES' || code === 'EPERM';
    const found = isDenied ? 'permission denied reading the failures' : `the failures cannot be read: ${message}`;
    return warn(NAME, found, EXPECTED, 'Let this user read lake/captures of the workspace.');
  }
}

const DAY_MS = 86_400_000;

const REMEDIES: Readonly<Record<CaptureFailureReason, string>> = {
  db_down: 'db_down: see that lake/captures of the workspace is there and the disk has room.',
  rls_reject: 'rls_reject: let whoever searches write to lake/captures of the workspace.',
  check_violation: 'check_violation: queries of more than 51,200 characters are not captured.',
  scrubber_exception: 'scrubber_exception: queries that could not be scrubbed were not kept; tell us what they have in common.',
  other: 'other: see that lake/captures of the workspace can be read and written.',
};

function judge(failures: readonly CaptureFailure[] | undefined): DoctorCheck {
  if (failures === undefined) return ok(NAME, 'skipped: nothing was captured yet', EXPECTED);
  if (failures.length === 0) return ok(NAME, 'no failures in 24 h', EXPECTED);
  const counts = CAPTURE_FAILURES.flatMap((reason) => {
    const count = failures.filter((failure) => failure.reason === reason).length;
    return count === 0 ? [] : [{ reason, count }];
  });
  const told = counts.map(({ reason, count }) => `${reason} ${count}`).join(', ');
  const remedy = counts.map(({ reason }) => REMEDIES[reason]).join(' ');
  return warn(NAME, `${formatAmount(failures.length, 'failure')} in 24 h: ${told}`, EXPECTED, remedy);
}
