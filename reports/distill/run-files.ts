/** Names of what a run's report consists of, side by side in one folder; each table adds a CSV file of its own. */
export const RUN_REPORT_FILES = { page: 'report.html', markdown: 'report.md', json: 'report.json' } as const;
