import type { PanelBatch } from '../../schemas/panel-batch.ts';
import type { PanelReceipt } from '../../schemas/panel-receipt.ts';
import { tellReport } from '../bench/tell-report.ts';
import type { Io } from '../io.ts';

/** Writes what a panel came to as a page, with Markdown, JSON and tables beside it. */
export async function writePanelReport(io: Io, given: string, panel: PanelReceipt | PanelBatch): Promise<void> {
  const { renderPanel } = await import('../../reports/panel/render-panel.ts');
  tellReport(io, given, renderPanel(panel));
}
