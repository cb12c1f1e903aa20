import { openLedger } from '../../../adapters/files/ledger.ts';

// Appends one row after the other to a ledger, each with its writer's name and number, and says so; ends after `rows` of them, or when it is killed.
const [path = '', writer = '', rows = '0'] = process.argv.slice(2);
const ledger = openLedger(path);
process.stdout.write('ready\n');
process.stdin.once('data', () => void appendAll());

async function appendAll(): Promise<void> {
  for (let number = 1; number <= Number(rows); number += 1) {
    await ledger.append(() => [{ writer, number }]);
    process.stdout.write(`${number}\n`);
  }
  process.exit(0);
}
