import { spawn } from 'node:child_process';

/**
 * Runs a program to its end and returns { ok, output }: output holds what it printed, or why it could not run. `onProgress` is called with the
 * seconds gone by, every `everySeconds`. The program is stopped after `limitSeconds`.
 */
export function runProgram(command, args, { cwd, env = process.env, limitSeconds, onProgress, everySeconds = 15, show = false } = {}) {
  return new Promise((resolve) => {
    const start = performance.now();
    const elapsed = () => Math.round((performance.now() - start) / 1000);
    const child = spawn(command, args, { cwd, env, stdio: show ? ['ignore', 2, 2] : ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (data) => (output = (output + data).slice(-20_000));
    child.stdout?.setEncoding('utf8').on('data', collect);
    child.stderr?.setEncoding('utf8').on('data', collect);
    const progress = onProgress && setInterval(() => onProgress(elapsed()), everySeconds * 1000);
    const limit = limitSeconds && setTimeout(() => (collect(`stopped after ${limitSeconds} s`), child.kill()), limitSeconds * 1000);
    const finish = (ok) => {
      clearInterval(progress);
      clearTimeout(limit);
      resolve({ ok, output: output.trim() });
    };
    child.once('error', (error) => (collect(error.message), finish(false)));
    child.once('close', (code) => finish(code === 0));
  });
}

/** The last lines of an output, indented, for a message. */
export function lastLines(output, count = 15) {
  return output
    .split('\n')
    .slice(-count)
    .map((line) => `  ${line}`)
    .join('\n');
}
