// Makes a clone ready to run: packages, build, Temporal server. Runs before `npm start` and `npm test`, so it may only use what Node brings.
const MINIMUM_NODE = [20, 19];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < MINIMUM_NODE[0] || (major === MINIMUM_NODE[0] && minor < MINIMUM_NODE[1])) {
  console.error(
    `setup: expected Node ${MINIMUM_NODE.join('.')} or newer, found ${process.versions.node}. Install a newer Node and run the same command again.`,
  );
  process.exitCode = 2;
} else {
  // Only now: the other files use what older versions cannot parse.
  const { setUp } = await import('./setup/set-up.mjs');
  process.exitCode = await setUp();
}
