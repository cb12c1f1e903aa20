import type { CorrectnessGate, GateReport, RegressionGate } from '../../schemas/gate-report.ts';

/** A gate that nobody asked for. */
export const NOT_ASKED = { ran: false } as const;

/**
 * The verdict over both gates: `error` when one could not tell, `fail` when one breached, `pass` only when every gate that was asked for ran and has no
 * breach. Asking for none is an error.
 */
export function judgeGates(regression: RegressionGate, correctness: CorrectnessGate): GateReport['verdict'] {
  const asked = [regression, correctness].filter(({ ran, breaches }) => ran || breaches !== undefined);
  const breaches = asked.flatMap((gate) => gate.breaches ?? []);
  if (breaches.some(({ failure_origin }) => failure_origin !== 'result')) return 'error';
  if (breaches.length > 0) return 'fail';
  return asked.length > 0 && asked.every(({ ran }) => ran) ? 'pass' : 'error';
}
