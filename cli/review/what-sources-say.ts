import { firstLine } from '../../domain/shared/text.ts';
import type { Signals } from '../../schemas/evidence.ts';

const ERROR_CHARS = 60;

/** The signals of a record in a few words, truth before opinion before signs. */
export function whatSourcesSay(signals: Signals): string {
  const { human, judges, tests, reward, exit_status, error, cancelled, truncated, proxies } = signals;
  const said = [
    ...human.map(({ by, verdict }) => `${by}: ${verdict}`),
    ...(tests === undefined ? [] : [`tests ${tests.passed ? 'passed' : 'failed'}`]),
    ...(reward === undefined ? [] : [`reward ${reward}`]),
    ...judges.map(({ by, verdict }) => `judge ${by}: ${verdict}`),
    ...(cancelled ? ['cancelled'] : []),
    ...(error === undefined ? [] : [`error ${firstLine(error, ERROR_CHARS)}`]),
    ...(truncated ? ['cut off'] : []),
    ...(exit_status === undefined ? [] : [`ended with ${exit_status}`]),
    ...Object.entries(proxies).map(([name, value]) => `${name} ${value}`),
  ];
  return said.length === 0 ? 'nothing' : said.join(', ');
}
