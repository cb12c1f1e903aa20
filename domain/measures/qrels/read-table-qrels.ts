import { inputError } from '../../shared/input-error.ts';
import { parseGrade, splitColumns } from '../trec/columns.ts';
import { collectJudgments } from './collect-judgments.ts';
import type { Qrels } from './qrels.ts';

/** Reads judgments in the four columns of TREC: query, iteration (ignored), document, grade. CollectionError with file and line. */
export function readTrecQrels(text: string, file: string): Qrels {
  const judgments = collectJudgments();
  text.split('\n').forEach((content, index) => {
    const columns = splitColumns(content);
    if (columns === null) return;
    const place = { file, line: index + 1 };
    if (columns.length !== 4) {
      throw inputError(
        'reading judgments',
        place,
        'four columns (query, iteration, document, grade)',
        `${columns.length}`,
        'Correct that line.',
      );
    }
    judgments.add(columns[0]!, columns[2]!, columns[3]!, place);
  });
  if (judgments.size === 0) throw nothingJudged(file);
  return { form: 'trec', queries: judgments.finish() };
}

/** Reads judgments in the three tab-separated columns of BEIR below a header line: query, document, grade. CollectionError with file and line. */
export function readBeirQrels(text: string, file: string): Qrels {
  const judgments = collectJudgments();
  let isHeaderDue = true;
  text.split('\n').forEach((content, index) => {
    const line = content.replace(/\r$/, '');
    if (line.trim() === '') return;
    const place = { file, line: index + 1 };
    const columns = line.split('\t').map((column) => column.trim());
    if (columns.length !== 3 || columns.includes('')) {
      throw inputError(
        'reading judgments',
        place,
        'three columns with tabs between (query, document, grade)',
        `${columns.length}`,
        'Correct that line.',
      );
    }
    const isHeader = isHeaderDue;
    isHeaderDue = false;
    if (isHeader && parseGrade(columns[2]!) === undefined) return;
    if (isHeader) {
      throw inputError(
        'reading judgments',
        place,
        'a header line first',
        'a judgment',
        'Put query-id, corpus-id, score above it, tabs between.',
      );
    }
    judgments.add(columns[0]!, columns[1]!, columns[2]!, place);
  });
  if (judgments.size === 0) throw nothingJudged(file);
  return { form: 'beir', queries: judgments.finish() };
}

function nothingJudged(file: string): Error {
  return inputError('reading judgments', { file }, 'at least one judgment', 'none', 'Give a file with judgments.');
}
