import { cpus } from 'node:os';
import { holds, tellFinding, type Finding } from './statistics/findings.ts';
import { simulateCoverage } from './statistics/simulate-coverage.ts';
import { simulateFamilies } from './statistics/simulate-families.ts';
import { simulatePower } from './statistics/simulate-power.ts';
import { timeFamily } from './statistics/time-family.ts';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function measure(simulate: () => Finding[]): boolean {
  const started = performance.now();
  const findings = simulate();
  for (const finding of findings) say(tellFinding(finding));
  say(`  ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  return findings.every(holds);
}

say(`${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}\n`);
const results = [simulateCoverage, simulateFamilies, simulatePower].map(measure);
const { familyMs, referenceMs } = timeFamily();
say(`12 comparisons x 500 questions x 10,000 resamples: ${familyMs.toFixed(0)} ms, ${(familyMs / referenceMs).toFixed(2)} x`);
say(`the same, a call for each draw: ${referenceMs.toFixed(0)} ms, 1.00 x`);
if (results.includes(false)) {
  say('\nnot everything is where theory says');
  process.exitCode = 1;
}
