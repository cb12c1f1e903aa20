import { expect, test } from 'vitest';
import { summarizeRetrieval, type AskedQuestion } from '../../../../domain/bench/retrieval/summarize-retrieval.ts';

/** A question about the harbour whose golden is found at this rank; null is not found, an error text is a call that failed. */
function ask(qa_id: string, source: string, rank: number | null | string, mode: AskedQuestion['mode'] = 'hybrid'): AskedQuestion {
  const golden = `${source}-${qa_id}`;
  const outcome =
    typeof rank === 'string'
      ? { error_type: 'timeout', error: rank }
      : { results: Array.from({ length: 10 }, (_, index) => ({ id: `note-${index}`, source_ids: index + 1 === rank ? [golden] : [] })) };
  return { qa_id, mode, goldens: [golden], source, outcome };
}

test('means by mode and by source, items in the order of their ids', () => {
  const { proxy, bySource } = summarizeRetrieval(
    [ask('tides', 'browser', 2), ask('berths', 'shell', 1), ask('berths', 'shell', null, 'lexical'), ask('cranes', 'shell', null)],
    ['hybrid', 'lexical'],
    10,
  );
  expect(proxy.modes.hybrid).toMatchObject({ hit_at_1: 1 / 3, mrr: 0.5, scored_count: 3 });
  expect(proxy.modes.lexical).toMatchObject({ hit_at_1: 0, scored_count: 1 });
  expect(proxy.per_item.map(({ mode, qa_id }) => `${mode} ${qa_id}`)).toEqual([
    'hybrid berths',
    'hybrid cranes',
    'hybrid tides',
    'lexical berths',
  ]);
  expect(proxy).toMatchObject({ qa_count: 3, k: 10 });
  expect(bySource.get('shell')?.hybrid).toMatchObject({ hit_at_1: 0.5, scored_count: 2 });
  expect(bySource.get('browser')?.hybrid).toMatchObject({ mrr: 0.5, scored_count: 1 });
  expect(bySource.get('browser')?.lexical).toMatchObject({ mrr: null, scored_count: 0 });
});

test('a question whose call failed is listed and in no mean', () => {
  const { proxy, errors } = summarizeRetrieval([ask('berths', 'shell', 1), ask('tides', 'browser', 'no reply')], ['hybrid'], 10);
  expect(proxy.modes.hybrid).toMatchObject({ hit_at_1: 1, scored_count: 1 });
  expect(proxy.per_item).toHaveLength(1);
  expect(errors).toEqual([{ step: 'retrieval', type: 'timeout', error: 'tides, hybrid: no reply' }]);
});

test('a question without a golden in the corpus is not scored, and a mode nobody could be asked in is not measured', () => {
  const { proxy } = summarizeRetrieval([{ ...ask('berths', 'shell', 1), goldens: [] }], ['hybrid'], 10);
  expect(proxy.modes.hybrid).toMatchObject({ mrr: null, scored_count: 0 });
  expect(proxy.qa_count).toBe(0);
});

test('the order of the answers changes no bit of a mean', () => {
  const asked = [3, 7, 1, 9, 6, 2, 10, 4].map((rank, index) => ask(`q${index}`, 'shell', rank));
  const means = (list: AskedQuestion[]) => summarizeRetrieval(list, ['hybrid'], 10).proxy;
  expect(means(asked.toReversed())).toEqual(means(asked));
});
