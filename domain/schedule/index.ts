export { nextDue } from './next-due.ts';
export { parseCron } from './parse-cron.ts';
