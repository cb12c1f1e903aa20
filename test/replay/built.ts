import { dirname, join } from 'node:path';
import { LAUTER } from '../support/run-lauter.ts';

/** Folder of the build that is tested. */
export const DIST = dirname(dirname(LAUTER));

/** The workflows as a worker runs them. */
export const WORKFLOW_BUNDLE = join(DIST, 'workflow-bundle.js');

/** Recorded histories, one JSON file each. */
export const HISTORIES = join(import.meta.dirname, 'histories');
