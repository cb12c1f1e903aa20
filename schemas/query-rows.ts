import { z } from 'zod';

/**
 * What `lauter distill query --json` prints: an object for each row, with the columns of the query. Integers and decimals that a double cannot
 * hold are text, and so are NaN and the infinities; NULL is null.
 */
export const queryRowsSchema = z.array(z.record(z.string(), z.json()));

export type QueryRows = z.infer<typeof queryRowsSchema>;
