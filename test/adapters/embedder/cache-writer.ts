import { sha256 } from '../../../adapters/digest.ts';
import { VectorCache } from '../../../adapters/embedder/vector-cache.ts';

// Says when it is ready, waits for a word, then keeps the vectors of many texts of its own, a few at a time, and says each time how many there are.
const [folder = '', name = '', rounds = '0'] = process.argv.slice(2);
const cache = new VectorCache(folder, 2);
process.stdout.write('ready\n');
process.stdin.once('data', () => void keepAll().then(() => process.exit(0)));

async function keepAll(): Promise<void> {
  for (let round = 0; round < Number(rounds); round += 1) {
    const texts = Array.from({ length: 5 }, (_, place) => `${name} ${round * 5 + place}`);
    await cache.put(texts.map((text) => ({ digest: sha256(text), vector: Float32Array.of(text.length, 1) })));
    process.stdout.write(`kept ${(round + 1) * 5}\n`);
  }
}
