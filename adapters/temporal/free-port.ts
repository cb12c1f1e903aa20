import { createServer } from 'node:net';

/** True when this process could listen on the port of the machine's loopback. */
export async function isPortFree(port: number): Promise<boolean> {
  return listenForAMoment(port).then(
    () => true,
    () => false,
  );
}

/** The first preferred port that is free, else one that the operating system picks; never `except`. */
export async function choosePort(preferred: readonly number[], except?: number): Promise<number> {
  for (const port of preferred) if (port !== except && port <= 65_535 && (await isPortFree(port))) return port;
  for (;;) {
    const port = await listenForAMoment(0);
    if (port !== except) return port;
  }
}

/** The port that was got; 0 asks the operating system to pick. Rejects when the port is taken. */
function listenForAMoment(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}
