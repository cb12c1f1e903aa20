import { BREACH_METRICS_TOLD } from '../../schemas/vocabulary.ts';
import type { GateReport } from '../../schemas/gate-report.ts';
import { escapeAttribute } from '../shared/escape.ts';
import { gateChecks, type GateCheck } from './gate-checks.ts';

/** The gates as JUnit XML: a suite for each gate, a case for each check. The same report gives the same bytes. */
export function writeGateJunit(report: GateReport): string {
  const checks = gateChecks(report);
  const suites = (['regression', 'correctness'] as const).flatMap((gate) => {
    const own = checks.filter((check) => check.gate === gate);
    return own.length === 0 ? [] : [writeSuite(gate, own)];
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="lauter eval gate" ${counts(checks)}>\n${suites.join('')}</testsuites>\n`;
}

function writeSuite(gate: string, checks: readonly GateCheck[]): string {
  return `  <testsuite name="${gate}" ${counts(checks)}>\n${checks.map(writeCase).join('')}  </testsuite>\n`;
}

function counts(checks: readonly GateCheck[]): string {
  const count = (state: GateCheck['state']): number => checks.filter((check) => check.state === state).length;
  return `tests="${checks.length}" failures="${count('failed')}" errors="${count('errored')}" skipped="${count('skipped')}"`;
}

function writeCase({ gate, metric, state, breach, observed, relation, limit }: GateCheck): string {
  const open = `    <testcase classname="lauter.eval.gate.${gate}" name="${metric}"`;
  if (state === 'passed') return `${open}/>\n`;
  if (state === 'skipped') return `${open}>\n      <skipped/>\n    </testcase>\n`;
  const element = state === 'failed' ? 'failure' : 'error';
  const numbers = limit === null ? '' : `: expected ${relation} ${limit}, found ${observed ?? 'n/a'}`;
  const detail = breach?.error_tail === undefined ? '' : `. ${breach.error_tail}`;
  const message = xml(`${BREACH_METRICS_TOLD[metric]}${numbers}${detail}`);
  return `${open}>\n      <${element} type="${breach?.reason ?? metric}" message="${message}"/>\n    </testcase>\n`;
}

/** XML knows no way to write these two. */
function xml(text: string): string {
  return escapeAttribute(text).replace(/[\ufffe\uffff]/g, '\ufffd');
}
