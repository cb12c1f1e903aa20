import { z } from 'zod';

export const doctorCheckSchema = z.strictObject({
  name: z.string(),
  status: z.enum(['ok', 'warn', 'fail']),
  message: z.string().describe('What was found.'),
  expected: z.string(),
  remedy: z.string().describe('What to do; empty when all is well.'),
  commands: z.array(z.string()).describe('Commands of the remedy, ready to paste.'),
});

/** What `lauter doctor --json` prints. `status` is the worst of the checks. */
export const doctorReportSchema = z
  .strictObject({
    schema_version: z.literal(1),
    status: z.enum(['ok', 'warn', 'fail']),
    workspace: z.string(),
    checks: z.array(doctorCheckSchema).min(1),
  })
  .meta({ title: 'Doctor', description: 'What was looked at, and what to do about it.' });

export type DoctorCheck = z.infer<typeof doctorCheckSchema>;
export type DoctorReport = z.infer<typeof doctorReportSchema>;
