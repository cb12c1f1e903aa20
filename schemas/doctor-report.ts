import { z } from 'zod';

export const doctorCheckSchema = z.strictObject({
  name: z.string(),
  state: z.enum(['ok', 'warn', 'fail']),
  found: z.string(),
  expected: z.string(),
  /** What to do, ready to paste where it is a command; empty when all is well. */
  remedy: z.string(),
});

/** `doctor-report/1`: what `lauter doctor --json` prints. `state` is the worst of the checks. */
export const doctorReportSchema = z.strictObject({
  schema: z.literal('doctor-report/1'),
  state: z.enum(['ok', 'warn', 'fail']),
  workspace: z.string(),
  checks: z.array(doctorCheckSchema).min(1),
});

export type DoctorCheck = z.infer<typeof doctorCheckSchema>;
export type DoctorReport = z.infer<typeof doctorReportSchema>;
