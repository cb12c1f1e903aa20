import { expect, test } from 'vitest';
import { readSignals } from '../../../adapters/temporal/signals-in-history.ts';

const payloads = (value: unknown) => ({ payloads: [{ data: Buffer.from(JSON.stringify(value)) }] });

test('the input and the signals of a workflow are read in order, other events passed over', () => {
  const events = [
    { workflowExecutionStartedEventAttributes: { input: payloads({ run_id: 'malt', paused: null }) } },
    { workflowTaskScheduledEventAttributes: {} },
    { workflowExecutionSignaledEventAttributes: { signalName: 'pause', input: payloads('user') } },
    { activityTaskScheduledEventAttributes: {} },
    { workflowExecutionSignaledEventAttributes: { signalName: 'resume', input: {} } },
  ];
  expect(readSignals({ events })).toEqual({
    input: { run_id: 'malt', paused: null },
    signals: [
      { name: 'pause', argument: 'user' },
      { name: 'resume', argument: undefined },
    ],
  });
});

test('an empty history holds neither', () => {
  expect(readSignals({ events: [] })).toEqual({ input: undefined, signals: [] });
});
