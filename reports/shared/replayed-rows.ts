import type { RankMovement, ReplayResult } from '../../schemas/replay-report.ts';
import { makeTable, type Table } from './table.ts';

const ROWS_SHOWN = 50;
const MOVES_SHOWN = 60;

/** Every row in the order of the file. */
export function rowsTable(results: readonly ReplayResult[], name: string): Table {
  return makeTable<ReplayResult>({
    name: `${name}-rows`,
    caption: 'Rows',
    whenEmpty: 'There is none.',
    rows: results,
    rowsShown: ROWS_SHOWN,
    columns: [
      { name: 'query', title: 'Query', kind: 'name', value: ({ query }) => query },
      { name: 'tool', title: 'Tool', kind: 'word', value: ({ tool_name }) => tool_name },
      { name: 'state', title: 'State', kind: 'state', value: stateOf },
      { name: 'jaccard', title: 'Jaccard', kind: 'number', value: ({ jaccard }) => jaccard },
      { name: 'same_first', title: 'Same first', kind: 'word', labels: { true: 'yes', false: 'no' }, value: ({ top1Match }) => top1Match },
      { name: 'rbo', title: 'RBO', kind: 'number', value: ({ rbo }) => rbo },
      { name: 'latency_delta_ms', title: 'Latency change, ms', kind: 'number', value: ({ latency_delta_ms }) => latency_delta_ms },
      { name: 'identity', title: 'Identity', kind: 'word', value: ({ identity }) => identity },
      { name: 'note', title: 'Note', kind: 'name', value: ({ error_message, skip_reason }) => error_message ?? skip_reason ?? null },
    ],
  });
}

/** Every page of the rows that moved, with its place then and now. */
export function movesTable(rows: readonly ReplayResult[], name: string): Table {
  type Row = RankMovement & { readonly query: string };
  return makeTable<Row>({
    name: `${name}-moves`,
    caption: 'Pages of the rows that moved',
    whenEmpty: 'Nothing moved.',
    rows: rows.flatMap(({ query, movement = [] }) => movement.map((move) => ({ query, ...move }))),
    rowsShown: MOVES_SHOWN,
    columns: [
      { name: 'query', title: 'Query', kind: 'name', value: ({ query }) => query },
      { name: 'key', title: 'Page', kind: 'name', value: ({ key }) => key },
      { name: 'captured_rank', title: 'Place then', kind: 'number', value: ({ captured_rank }) => captured_rank },
      { name: 'current_rank', title: 'Place now', kind: 'number', value: ({ current_rank }) => current_rank },
    ],
  });
}

function stateOf({ errored, skipped, degraded }: ReplayResult): string {
  if (errored === true) return 'errored';
  if (skipped === true) return 'skipped';
  return degraded === true ? 'degraded' : 'ok';
}
