import { firstLine } from '../../domain/shared/text.ts';
import type { TraceReplay } from '../../schemas/trace-replay.ts';
import { plain } from '../io.ts';
import { tellTrace } from './tell-trace.ts';

const TASK_CHARS = 160;

/** A replay for people: where it stands, then the chain of every playbook of its bundle. */
export function tellTraceReplay({
  replay_id: id,
  file,
  line,
  copy,
  task,
  bundle_digest,
  bundle_holds,
  verdict,
  playbooks,
}: TraceReplay): string {
  const chains = playbooks.map(({ use, id: playbook, trace }) => {
    const chain = trace === null ? `no run of this workspace has it: ${plain(playbook)}` : tellTrace(trace);
    return ['', `${use}:`, chain].join('\n');
  });
  const none = playbooks.length === 0 ? ['its bundle was empty'] : [];
  const says = { holds: 'the replay leads to its sources', broken: 'the replay is broken', unprovable: 'the replay cannot be proved' };
  return [
    `replay ${id}`,
    `  task      ${plain(firstLine(task, TASK_CHARS))}`,
    `  row       ${copy === undefined ? `${file}:${line}` : `${file}, row ${line}, copy ${copy}`}`,
    `  bundle    ${bundle_digest}, ${bundle_holds ? 'as it was' : 'which is not that of what stands there'}`,
    ...none,
    ...chains,
    '',
    `${says[verdict]}; playbooks of its bundle: ${playbooks.length}`,
  ].join('\n');
}
