import type { ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { checkPanelOptions, type PanelOptions } from '../panel/panel-options.ts';

/** `lauter eval cross-modal`: has a panel of models judge one output, or every answer of a file. */
export async function evalCrossModal(io: Io, options: PanelOptions): Promise<ExitCode> {
  checkPanelOptions(options);
  const { task, output, batch } = options;
  // The engine behind a batch would cost a single output its start.
  if (batch !== undefined) return (await import('../panel/judge-batch-file.ts')).judgeBatchFile(io, batch, options);
  const { judgeOutputFile } = await import('../panel/judge-output-file.ts');
  // Both are there: that was checked.
  return judgeOutputFile(io, { task: task!, output: output! }, options);
}
