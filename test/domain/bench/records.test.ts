import { expect, test } from 'vitest';
import { attemptGatesSchema } from '../../../schemas/bench-attempt.ts';
import {
  benchGatesSchema,
  judgeResultSchema,
  modelSummarySchema,
  retrievalItemSchema,
  retrievalMeansSchema,
} from '../../../schemas/bench-model-summary.ts';
import { gatesOfFailedCall, inspectOutput } from '../../../domain/bench/gates/inspect-output.ts';
import { judgeModel } from '../../../domain/bench/gates/judge-model.ts';
import { measureGates } from '../../../domain/bench/gates/measure-gates.ts';
import { DEFAULT_GATE_THRESHOLDS } from '../../../domain/bench/gates/thresholds.ts';
import { summarizeJudge } from '../../../domain/bench/judge/summarize-judge.ts';
import { summarizeRetrieval } from '../../../domain/bench/retrieval/summarize-retrieval.ts';
import { answered, failed } from './gates/attempts.ts';
import { shellText } from './gates/outputs.ts';

test('what is found in an output is what an attempt line holds', () => {
  const event = { source: 'shell', redacted_content: '{"command":"make tides"}' };
  for (const raw of [shellText(), 'I cannot.', '', '{"summary":7}']) attemptGatesSchema.parse(inspectOutput(raw, event).gates);
  attemptGatesSchema.parse(gatesOfFailedCall('timeout'));
});

test('what a model measured is what its summary holds', () => {
  const gates = measureGates([answered(), answered('ebb'), failed('http_5xx')], { mean: 0.8, min: 0.7 });
  benchGatesSchema.parse(gates);
  benchGatesSchema.parse(measureGates([], { mean: null, min: null }));
  const judged = judgeModel({ gates, thresholds: DEFAULT_GATE_THRESHOLDS, faults: ['model_errors'], isInfrastructure: true });
  modelSummarySchema.pick({ verdict: true, tier0_verdict: true }).parse(judged);
});

test('retrieval and judge, scored or not', () => {
  const asked = { qa_id: 'tides', goldens: ['shell-1'], source: 'shell', mode: 'hybrid' } as const;
  const results = [{ id: 'note', source_ids: ['shell-1'] }];
  const { proxy, errors } = summarizeRetrieval(
    [
      { ...asked, outcome: { results } },
      { ...asked, mode: 'lexical', outcome: { error_type: 'timeout', error: 'no reply' } },
    ],
    ['hybrid', 'lexical'],
    10,
  );
  proxy.per_item.forEach((item) => retrievalItemSchema.parse(item));
  Object.values(proxy.modes).forEach((means) => retrievalMeansSchema.parse(means));
  modelSummarySchema.pick({ errors: true, downstream_proxy: true }).parse({ errors, downstream_proxy: proxy });
  const scores = { accuracy: 4, usefulness: 4, ask_suitability: 5 };
  judgeResultSchema.parse(summarizeJudge([{ event_id: 'shell-1', judging: { state: 'scored', scores } }], []));
  expect(
    judgeResultSchema.parse(summarizeJudge([{ event_id: 'shell-1', judging: { state: 'unscored', reason: 'no_output' } }], [])),
  ).toMatchObject({
    mean: null,
    missing: 1,
    reason: 'judge_unscored',
  });
});
