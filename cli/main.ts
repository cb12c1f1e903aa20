import { processIo } from './io.ts';
import { runProgram } from './program.ts';

// A closed pipe (as with `| head`) ends output, not the command: its verdict is still its exit code.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await runProgram(process.argv.slice(2), processIo());
