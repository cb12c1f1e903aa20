/** A search engine of somebody's own as a program: one JSON request a line in, one JSON answer a line out. Its first argument is a way to misbehave. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { findPassages } from './shelves.mjs';

const [, , way = 'well'] = process.argv;
const say = (answer) => process.stdout.write(`${typeof answer === 'string' ? answer : JSON.stringify(answer)}\n`);
const answerTo = ({ id, query = '', limit = 0, source }) => ({ id, results: findPassages(query, limit, source) });
const held = [];
let shelf = [];

const WAYS = {
  well: (request) => say(answerTo(request)),
  echo: (request) => say({ id: request.id, results: [{ slug: 'echo', text: JSON.stringify(request) }] }),
  environment: ({ id }) => say({ id, results: Object.keys(process.env).map((slug) => ({ slug })) }),
  // Answers in pairs, the second one first.
  backwards: (request) => {
    held.push(request);
    if (held.length === 2) for (const each of held.splice(0).reverse()) say(answerTo(each));
  },
  // Keeps what it is asked first, and answers it before the second one.
  late: (request) => {
    held.push(request);
    if (request.id > 1) for (const each of held.splice(0)) say(answerTo(each));
  },
  hang: () => undefined,
  crash: () => process.exit(7),
  chat: () => say('Searching the harbour ...'),
  stranger: () => say({ id: 4_711, results: [] }),
  flood: () => process.stdout.write('x'.repeat(40 * 1024 ** 2)),
  noise: (request) => {
    process.stderr.write(`${'the pump runs\n'.repeat(300)}`);
    say(answerTo(request));
  },
  latin: () => process.stdout.write(Buffer.from([0x7b, 0xe9, 0xff, 0x0a])),
  error: ({ id }) => say({ id, error: 'the drawer is stuck' }),
  shelve: ({ id, method, pages = [] }) => {
    if (method === 'index') shelf = pages;
    say(method === 'index' ? { id } : { id, results: shelf });
  },
  // Starts a program of its own, tells its process id, and would end without it.
  launcher: ({ id }) => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'], { stdio: 'ignore' });
    child.unref();
    say({ id, results: [{ slug: String(child.pid) }] });
  },
  stubborn: (request) => {
    process.on('SIGTERM', () => undefined);
    setInterval(() => undefined, 1_000);
    say(answerTo(request));
  },
};

createInterface({ input: process.stdin }).on('line', (line) => WAYS[way](JSON.parse(line)));
