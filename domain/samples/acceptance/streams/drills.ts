import type { JsonObject } from '../../../shared/json.ts';
import { layArray, layLines } from '../lay.ts';
import { NO, SILENT, trap, YES, type Attempt, type Stream, type Told } from '../telling.ts';

/** Programming drills with the benchmark's own solution beside the model's, and games of which only the outcome was kept. */
export function tellDrills(): Stream {
  const prompt = 'def overdue(days, limit):\n    """ How many days are beyond the limit. """\n';
  const reference = '    return max(0, days - limit)\n';
  const own = '    beyond = days - limit\n    return beyond if beyond > 0 else 0\n';
  const wrong = '    return days - limit\n';
  const problems: Told[] = [
    problem('drill_1', prompt, own, true, YES, { canonical_solution: reference }),
    problem('drill_1', prompt, wrong, false, NO, { canonical_solution: reference }),
    // What equals the reference must never become the response.
    problem('drill_2', prompt.replaceAll('overdue', 'beyond'), reference, true, trap(YES, 'equals_reference'), {
      canonical_solution: reference,
    }),
    problem('drill_3', prompt.replaceAll('overdue', 'excess'), reference, true, trap(YES, 'equals_reference'), {
      cannonical_solution: reference,
    }),
    problem('drill_3', prompt.replaceAll('overdue', 'excess'), wrong, false, NO, { cannonical_solution: reference }),
  ];
  const result = (name: string, isSuccess: boolean): Told => ({
    value: { name, memory: isSuccess ? [] : ['Look under the stairs first.'], is_success: isSuccess, skip: false },
    attempts: [trap({ ...SILENT, truth: isSuccess ? 'yes' : 'no' }, 'no_output')],
  });
  return {
    name: 'drills',
    adapter: 'reflexion',
    isLabelled: true,
    paths: ['drills/**/*'],
    files: [
      layLines('drills/programming_runs/overdue_py.jsonl', problems),
      layArray('drills/alfworld_runs/env_results_trial_0.json', [result('env_0', false), result('env_1', true)]),
      layArray(
        'drills/alfworld_runs/env_results_trial_1.json',
        [result('env_0', true), result('env_1', true)].map((told, nth) => (nth === 1 ? again(told) : told)),
      ),
    ],
  };
}

/** The record says neither which game nor which trial, so the same outcome once more is the same record. */
function again({ value, attempts }: Told): Told {
  return { value, attempts: attempts.map((attempt) => ({ ...attempt, is_duplicate: true })) };
}

function problem(id: string, prompt: string, solution: string, isSolved: boolean, attempt: Attempt, more: JsonObject): Told {
  return {
    value: {
      name: id,
      task_id: `fen/${id}`,
      language: 'py',
      entry_point: id,
      prompt,
      test: 'assert True',
      ...more,
      solution,
      is_solved: isSolved,
      reflections: [],
    },
    attempts: [attempt],
  };
}
