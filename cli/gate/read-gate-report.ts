import { resolve } from 'node:path';
import { readTextFile } from '../../adapters/gate/read-rows.ts';
import { CollectionError } from '../../domain/shared/errors.ts';
import { gateReportSchema, type GateReport } from '../../schemas/gate-report.ts';

/** Reports that were kept before they said what they were made from count as well. */
const keptReportSchema = gateReportSchema.partial({ _meta: true });

/** What `lauter eval gate --json` printed, from the file it was kept in. CollectionError when it is something else. */
export function readGateReport(cwd: string, name: string): Omit<GateReport, '_meta'> {
  const { text } = readTextFile(resolve(cwd, name), name);
  try {
    return keptReportSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new CollectionError(
      `suggesting thresholds, on ${name}: expected what \`lauter eval gate --json\` prints, found something else.`,
      'Keep the output of the gate in a file and name that.',
      { flag: '--suggest-thresholds', file: name },
      error,
    );
  }
}
