import type { ProductionAnswer } from '../../schemas/production-contract.ts';

/** An answer in words that complete "found …". */
export function tellAnswer(answer: ProductionAnswer<unknown>): string {
  switch (answer.kind) {
    case 'answered':
      return 'an answer as promised';
    case 'status':
      return `HTTP status ${answer.status}`;
    case 'malformed':
      return `200 with ${answer.problem}`;
    case 'refused':
      return 'connection refused';
    case 'timeout':
      return `no answer within ${answer.afterMs / 1000} s`;
    case 'broken':
      return `a broken connection (${answer.problem})`;
  }
}
