import { expect, test } from 'vitest';
import { openProduction } from '../../../adapters/production/client.ts';
import { startProgram } from '../../support/child-program.ts';

test('the reference production system runs as a process of its own, with its faults at hand', async () => {
  const program = startProgram(new URL('../../support/production-server/main.ts', import.meta.url), []);
  const order = async (line: string): Promise<unknown> => {
    program.say(line);
    return JSON.parse(await program.hear()) as unknown;
  };
  const client = openProduction(await program.hear());
  try {
    await order('batch begin');
    expect(await client.pause()).toMatchObject({ kind: 'answered', body: { in_flight_finished: false } });
    await order('batch end');
    expect(await client.pause()).toMatchObject({ kind: 'answered', body: { in_flight_finished: true } });
    await order('fault resume ignored');
    await client.resume();
    expect(await client.health()).toMatchObject({ body: { paused: true, pid: 4_000 } });
    await order('fault health 503');
    expect(await client.health()).toEqual({ kind: 'status', status: 503 });
    await order('mend health');
    await order('down');
    expect(await client.health()).toEqual({ kind: 'refused' });
    expect(await order('up')).toMatchObject({ pid: 4_001, paused: false });
    expect(await client.health()).toMatchObject({ body: { paused: false, pid: 4_001 } });
  } finally {
    await program.kill();
  }
});
