import { quoteShort } from '../../shared/text.ts';
import { inputError, type InputPlace } from '../../shared/input-error.ts';
import { parseGrade } from '../trec/columns.ts';
import type { JudgedQuery } from './qrels.ts';

const REMEDY = 'Correct that line: a grade is a whole number, and a document is judged once for each query.';

/** Takes judgments in, one at a time, and gives the queries in the order of their first judgment. */
export interface JudgmentCollector {
  /** CollectionError for a grade that is no whole number and for a document that was judged before. */
  add(queryId: string, docId: string, grade: string, place: InputPlace): void;
  readonly size: number;
  finish(): JudgedQuery[];
}

/** A collector with nothing in it. */
export function collectJudgments(): JudgmentCollector {
  const byQuery = new Map<string, Map<string, number>>();

  function add(queryId: string, docId: string, text: string, place: InputPlace): void {
    const grade = parseGrade(text);
    if (grade === undefined) throw inputError('reading judgments', place, 'a whole number as the grade', quoteShort(text, 40), REMEDY);
    const grades = byQuery.get(queryId) ?? new Map<string, number>();
    if (grades.has(docId)) {
      throw inputError('reading judgments', place, 'one judgment for a document', `a second one for ${quoteShort(docId, 80)}`, REMEDY);
    }
    byQuery.set(queryId, grades.set(docId, grade));
  }

  return {
    add,
    get size() {
      return byQuery.size;
    },
    finish: () => [...byQuery].map(([id, grades]) => ({ id, query: null, label: null, embeddingDim: null, grades, expectedTop1: null })),
  };
}
