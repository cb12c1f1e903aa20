import { acquireServer } from '../../adapters/temporal/embedded-server.ts';

// One command that uses a workspace's embedded server: says where it is, and leaves when it is told to.
const [workspaceDir = '', keep] = process.argv.slice(2);
const server = await acquireServer({ workspaceDir, env: process.env, headless: true, keep: keep === 'keep' });
process.stdout.write(`${server.address}\n`);
process.stdin.once('data', () => {
  void server.release().then(() => process.exit(0));
});
