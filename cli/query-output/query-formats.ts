/** How rows of a query can be printed. */
export const QUERY_FORMATS = ['table', 'json', 'csv', 'parquet'] as const;
export type QueryFormat = (typeof QUERY_FORMATS)[number];
