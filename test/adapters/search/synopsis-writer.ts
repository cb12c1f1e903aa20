import { sha256 } from '../../../adapters/digest.ts';
import { openSynopsisCache } from '../../../adapters/search/synopsis-cache.ts';

// Says when it is ready, waits for a word, then keeps many synopses of its own one after the other, and says each time how many there are.
const [workspace = '', name = '', rounds = '0'] = process.argv.slice(2);
const cache = openSynopsisCache(workspace, 'scribe', 'rules');
process.stdout.write('ready\n');
process.stdin.once('data', () => void keepAll().then(() => process.exit(0)));

async function keepAll(): Promise<void> {
  for (let round = 0; round < Number(rounds); round += 1) {
    await cache.put(sha256(`${name} ${round}`), `About ${name} ${round}.`);
    process.stdout.write(`kept ${round + 1}\n`);
  }
}
