// A worker in a process of its own: node worker-program.mjs DIST WORKSPACE. Ends at SIGTERM.
const [dist, workspaceDir] = process.argv.slice(2);
const { withEngine } = await import(`${dist}/cli/engine-session.js`);
const { processIo } = await import(`${dist}/cli/io.js`);
const { readConfig } = await import(`${dist}/adapters/files/config-file.js`);
const { createRedactor, SECRET_FAMILIES } = await import(`${dist}/domain/redaction/index.js`);

const config = readConfig(`${workspaceDir}/lauter.config.json`, createRedactor(SECRET_FAMILIES));
await withEngine(processIo(), { workspaceDir, config }, async (session) => {
  await session.work();
  process.stderr.write('the worker is ready\n');
  await new Promise((resolve) => process.once('SIGTERM', resolve));
});
