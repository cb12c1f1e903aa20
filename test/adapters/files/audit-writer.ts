import { openProbeAudit } from '../../../adapters/files/probe-audit.ts';
import { eventAt } from '../../support/probe-events.ts';

// Appends the rows of nights 1 to `nights` to an audit, and says each number; ends after them, or when it is killed.
const [folder = '', nights = '0'] = process.argv.slice(2);
const audit = openProbeAudit(folder);
process.stdout.write('ready\n');
process.stdin.once('data', () => void appendAll());

async function appendAll(): Promise<void> {
  for (let night = 1; night <= Number(nights); night += 1) {
    await audit.append(eventAt('2026-03-02T03:31:00.000Z', { run_uid: `night-${night}` }));
    process.stdout.write(`${night}\n`);
  }
  process.exit(0);
}
