import { z } from 'zod';

const instantOrNone = z.union([z.string(), z.number()]).nullish();

/** What `POST /control/pause` answers. The production system is not ours: only what decisions need is insisted on. */
export const productionPauseSchema = z.looseObject({
  paused_at: instantOrNone,
  /** No query in flight and no active batch. */
  in_flight_finished: z.boolean(),
});
export type ProductionPause = z.infer<typeof productionPauseSchema>;

/** What `POST /control/resume` answers. */
export const productionResumeSchema = z.looseObject({ resumed_at: instantOrNone });
export type ProductionResume = z.infer<typeof productionResumeSchema>;

/** What `GET /health` answers. */
export const productionHealthSchema = z.looseObject({
  paused: z.boolean(),
  pid: z.number().int().nullish(),
  paused_at: instantOrNone,
});
export type ProductionHealth = z.infer<typeof productionHealthSchema>;

/** What came of one call to the production system. None of it is an exception: each means something to somebody. */
export type ProductionAnswer<Body> =
  | { readonly kind: 'answered'; readonly body: Body }
  /** Another status than 200. */
  | { readonly kind: 'status'; readonly status: number }
  /** 200 with something else than the contract promises. */
  | { readonly kind: 'malformed'; readonly problem: string }
  /** Nobody listens. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'timeout'; readonly afterMs: number }
  /** The connection broke, or never came about for another reason. */
  | { readonly kind: 'broken'; readonly problem: string };
