import type { ScoredEvidence } from '../../../domain/score/index.ts';

type Changes = Partial<Omit<ScoredEvidence, 'signals' | 'task'>> & {
  readonly signals?: Partial<ScoredEvidence['signals']>;
  readonly task?: string;
  readonly answer?: string;
};

/** An attempt at telling the tide of which nothing is known, with what a test changes about it. */
export function attempt({ signals, task = 'When is the tide lowest today?', answer, ...rest }: Changes = {}): ScoredEvidence {
  return {
    task: { text: task },
    messages: [
      { role: 'user', content: task },
      { role: 'assistant', content: answer ?? 'The tide is lowest at 6:40 in the morning.' },
    ],
    artifacts: [],
    outcome: { state: 'unknown', value: null, from: 'none' },
    origin: 'external',
    ...rest,
    signals: { human: [], judges: [], cancelled: false, truncated: false, proxies: {}, ...signals },
  };
}
