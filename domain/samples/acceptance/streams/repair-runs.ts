import type { JsonObject } from '../../../shared/json.ts';
import { unifiedDiff } from '../../unified-diff.ts';
import type { Leaks } from '../leaks.ts';
import { layDocument } from '../lay.ts';
import { SILENT, trap, UNKNOWN, type Stream } from '../telling.ts';

/** Runs of a repository agent in both generations of its format. How a run stopped is no truth, so none may be accepted. */
export function tellRepairRuns(leaks: Leaks): Stream {
  const patch = unifiedDiff({
    path: 'catalogue/search.py',
    at: 8,
    before: ['def search(words):'],
    removed: ['    return []'],
    added: ['    return find(words)'],
    after: [''],
  });
  const older = [
    { role: 'system', content: 'SETTING: You work on the catalogue from a shell.', agent: 'main' },
    {
      role: 'user',
      content: 'ISSUE:\nThe search finds nothing when a word ends with a comma.\n\nINSTRUCTIONS:\nOne command at a time.\n',
      agent: 'main',
    },
    { role: 'assistant', content: 'I look at the settings.\n```\ncat deploy/site.env\n```', agent: 'main' },
    { role: 'user', content: `${leaks.say('private_key', 'output of a command')}\nbash-$`, agent: 'main' },
    { role: 'assistant', content: 'Now I submit.\n```\nsubmit\n```', agent: 'main' },
  ];
  const newer = [
    { role: 'system', content: 'You mend the catalogue.', agent: 'main', message_type: 'system_prompt' },
    { role: 'user', content: 'The slip printer prints every slip twice.', agent: 'main', message_type: 'observation' },
    {
      role: 'assistant',
      content: 'I open the printer module.',
      tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'bash', arguments: '{"command":"cat catalogue/slips.py"}' } }],
      agent: 'main',
      message_type: 'action',
    },
    { role: 'tool', content: 'def print_slip(slip): ...', tool_call_ids: ['call_1'], agent: 'main', message_type: 'observation' },
    {
      role: 'assistant',
      content: 'The loop runs twice. I ran out of budget before I could mend it.',
      agent: 'main',
      message_type: 'action',
    },
  ];
  return {
    name: 'repair-runs',
    adapter: 'swe-agent',
    isLabelled: false,
    paths: ['repair-runs/*'],
    files: [
      layDocument('repair-runs/northmoor__catalogue-201.traj', run(older, { exit_status: 'submitted', submission: patch }), [
        { pointer: '', ...trap(UNKNOWN, 'unlabelled', 'leak') },
      ]),
      layDocument(
        'repair-runs/northmoor__catalogue-202.traj',
        run(newer, { exit_status: `exit_cost (${leaks.say('password', 'exit status')})` }),
        [{ pointer: '', ...trap(UNKNOWN, 'truncated') }],
      ),
      layDocument('repair-runs/northmoor__catalogue-203.traj', run(newer.slice(0, 2), { exit_status: 'early_exit' }), [
        { pointer: '', ...trap(SILENT, 'no_output') },
      ]),
    ],
  };
}

function run(history: JsonObject[], info: JsonObject): JsonObject {
  return { environment: 'swe_main', trajectory: [], history, info };
}
