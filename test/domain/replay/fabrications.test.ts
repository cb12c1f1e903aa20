import { describe, expect, test } from 'vitest';
import { judgeAnswer } from '../../../domain/replay/index.ts';
import type { ReplayBundle } from '../../../schemas/replay-run.ts';

/** A report on a small model that was asked three things with and without playbooks, told again: every answer was well formed, three were invented. */
const NOTHING: ReplayBundle = { exemplars: [], warnings: [], validation_steps: [] };

function bundleOf(title: string, ...lines: string[]): ReplayBundle {
  const steps = lines.filter((line) => /^(?:verify|check|assert|ensure|confirm)\b/i.test(line));
  return {
    exemplars: [{ id: title, title, content: [title, '', ...lines].join('\n'), generation: 0 }],
    warnings: [],
    validation_steps: steps,
  };
}

const ROUTING = {
  task: 'Audit phase 38 provider routing for placeholder code',
  bundle: bundleOf(
    'Audit phase 38: provider routing stubs',
    'Commit 38a11d35 adds the provider mods (openrouter, ollama) behind /v1/chat; the requirement stands in docs/PRD.md:436-473.',
    'V1State holds them. Comments of phase 38 on ProviderAdapter say that routing is missing, as the snippet at lines 229-240 shows.',
    'Verify every stub against the requirement.',
  ),
  grounded:
    'Commit 38a11d35 brings in the provider routing stubs of phase 38, in line with the placeholder requirement (docs/PRD.md:436-473). ' +
    'The review names V1State, the provider mods (openrouter, etc.), the /v1/chat route and the comments on ProviderAdapter/routing; the snippet at lines 229-240 is the thin stub described.',
  invented:
    '**Audit result: phase 38 provider routing**\n* **Status**: **PASSED**\n* **Action**: all placeholder codes (e.g. `P99999`, `Z99999`) of the phase 38 matrix map to the `REVIEW_REQUIRED` flag.\n' +
    '* **Logic**: no active provider id is assigned to these codes in the production routing table.',
};

const MODE = {
  task: 'Verify pr_audit mode is wired into the gateway and uses lakehouse_answers_v1 corpus',
  bundle: bundleOf(
    'Wire pr_audit into the gateway',
    'The mode pr_audit is registered in crates/gateway/src/main.rs and asks lakehouse_answers_v1 alone.',
    'Check that the gateway answers in this mode.',
  ),
  grounded:
    'Verified: the `pr_audit` mode is wired into the gateway by `crates/gateway/src/main.rs`, and it queries the `lakehouse_answers_v1` corpus and no other.',
  invented:
    'The `pr_audit` mode is successfully wired into the gateway and is configured to make use of the `lakehouse_answers_v1` corpus.',
};

const BREAKER = {
  task: 'Audit phase 40 PRD circuit breaker drift',
  bundle: bundleOf(
    'Audit of phase 40: PRD circuit breaker drift',
    'Commit 9c3a2f1b8e7d6c5a4b3c2d1e0f9a8b7c6d5e4f3a: no breaker class found in mcp-server/, severity=high.',
    'Confirm the drift against the PRD.',
  ),
  grounded: 'Commit 9c3a2f1b8e7d6c5a4b3c2d1e0f9a8b7c6d5e4f3a audits the circuit breaker drift of the PRD in phase 40.',
  invented:
    '**Audit result: phase 40 PRD circuit breaker drift**\n**Status:** ✅ **PASS** (no drift)\n' +
    '1. **Threshold**: the failure rate of PRD phase 40 is **0.0%** now. The breaker is set to a threshold of **5.0%**.',
};

describe.each([
  ['routing', ROUTING],
  ['mode', MODE],
  ['breaker', BREAKER],
])('%s', (_, { task, bundle, grounded, invented }) => {
  test('the grounded answer passes with its bundle', () => {
    const { gate, grounding } = judgeAnswer({ answer: grounded, task, bundle, grounding: 'fail' });
    expect(grounding.filter((thing) => !thing.grounded)).toEqual([]);
    expect(gate).toEqual({ passed: true, reasons: [] });
  });

  test('the invented one fails on grounding alone', () => {
    expect(judgeAnswer({ answer: invented, task, bundle: NOTHING, grounding: 'fail' }).gate).toEqual({
      passed: false,
      reasons: ['ungrounded'],
    });
    expect(judgeAnswer({ answer: invented, task, bundle: NOTHING, grounding: 'off' }).gate.passed).toBe(true);
  });
});

test('what was invented is named', () => {
  const namesOf = ({ invented, task }: typeof ROUTING): string[] =>
    judgeAnswer({ answer: invented, task, bundle: NOTHING, grounding: 'fail' })
      .grounding.filter(({ grounded }) => !grounded)
      .map(({ text }) => text);
  expect(namesOf(ROUTING)).toEqual(['P99999', 'Z99999', 'REVIEW_REQUIRED']);
  expect(namesOf(MODE)).toEqual([MODE.invented]);
  expect(namesOf(BREAKER)).toEqual(['0.0%', '5.0%']);
});
