import type { PanelBatch } from '../../schemas/panel-batch.ts';
import type { PanelReceipt } from '../../schemas/panel-receipt.ts';
import { formatAmount, formatInstant } from '../shared/format.ts';
import { renderReport } from '../shared/sectioned-report.ts';
import {
  agreementTable,
  costTable,
  dimensionsTable,
  failuresTable,
  improvementsTable,
  judgesTable,
  questionsTable,
} from './panel-tables.ts';
import { judgePanel } from './panel-verdict.ts';
import { viewPanel } from './panel-view.ts';

const NAME = 'panel';

/** What a panel said of one output or of many as files, the page last. The same document gives the same bytes. */
export function renderPanel(panel: PanelReceipt | PanelBatch): { readonly name: string; readonly text: string }[] {
  const view = viewPanel(panel);
  return renderReport({
    name: NAME,
    kind: view.batch === null ? 'Panel' : 'Panel batch',
    subject: view.subject,
    facts: [
      formatInstant(panel.timestamp),
      formatAmount(view.judges.length, 'judge'),
      formatAmount(view.dimensions.length, 'dimension'),
      panel.blinded === true ? 'blinded' : 'not blinded',
      panel.swapped === true ? 'in both positions' : 'in one position',
    ],
    verdict: judgePanel(view),
    sections: [
      {
        id: 'dimensions',
        title: 'Dimensions and judges',
        lead: 'A pass needs a mean of 7 and no score below 5 in every dimension. Scores go from 1 to 10; of a batch, each judge shows its mean.',
        table: dimensionsTable(view, NAME),
      },
      {
        id: 'judges',
        title: 'Judges',
        lead: 'How often each answered, how much kinder it is than the others, and how it did on outputs whose worth is known.',
        table: judgesTable(view, NAME),
      },
      {
        id: 'agreement',
        title: 'Agreement',
        lead: 'How far the judges say the same. Percent agreement flatters where nearly everything passes; kappa and alpha take chance off.',
        table: agreementTable(view, NAME),
      },
      ...(view.batch === null
        ? []
        : [{ id: 'questions', title: 'Questions', lead: 'What the panel said of each.', table: questionsTable(view.batch, NAME) }]),
      {
        id: 'failures',
        title: 'Failures',
        lead: 'Who did not answer, or what could not be judged, and why.',
        table: failuresTable(view, NAME),
      },
      { id: 'improvements', title: 'Improvements', lead: 'What the judges would do better.', table: improvementsTable(view, NAME) },
      { id: 'cost', title: 'Cost', lead: 'What was estimated before, and what it came to.', table: costTable(panel, NAME) },
    ],
    document: panel,
  });
}
