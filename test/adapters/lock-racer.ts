import { tryLock } from '../../adapters/lock-file.ts';

// Waits for a word, then tries once to take the lock and says how it went; holds it until it is killed or told to go.
const [path = ''] = process.argv.slice(2);
process.stdout.write('ready\n');
process.stdin.on('data', (data) => {
  if (data.toString().includes('leave')) process.exit(0);
  const attempt = tryLock(path, { version: 'racer' });
  process.stdout.write(attempt.taken ? 'taken\n' : `held by ${attempt.holder.pid}\n`);
});
