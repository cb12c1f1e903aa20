import type { PanelBatchRun } from '../panel-contract.ts';
import type { ProbeOfNight } from '../probe-contract.ts';
import { documentName, type ProbeDocument } from './open-probe.ts';
import type { ProbeWorld } from './world.ts';

/** The panel over the answers of a quality probe; null where there are none, or where they say nothing. */
export function openPanel({ files, longMemEvalReport, hashFile }: ProbeWorld, probe: ProbeOfNight): PanelBatchRun | null {
  const { opened, panel } = files.read<ProbeDocument>(probe.run_id, documentName(probe.kind));
  if (opened.work !== 'quality' || panel === null) return null;
  if (longMemEvalReport(opened.run.run_id).verdict !== 'accepted') return null;
  return { ...panel, batch: { path: panel.batch.path, sha256: hashFile(panel.batch.path) } };
}
