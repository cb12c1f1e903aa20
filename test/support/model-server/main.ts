import { startModelServer } from './model-server.ts';
import type { ModelServerScript } from './script.ts';

/**
 * The reference model server as a program: the script as JSON in the first argument, its URL as the first line of output. It ends when its input does,
 * so that it never outlives the test that started it; with `--stay` it ends by signal only.
 */
const [script = '{"models":[]}', mode] = process.argv.slice(2);
const server = await startModelServer(JSON.parse(script) as ModelServerScript);
console.log(server.url);

if (mode !== '--stay') {
  process.stdin.resume();
  process.stdin.once('end', () => void server.close());
}
