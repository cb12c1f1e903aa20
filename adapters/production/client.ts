import type { z } from 'zod';
import {
  productionHealthSchema,
  productionPauseSchema,
  productionResumeSchema,
  type ProductionAnswer,
  type ProductionHealth,
  type ProductionPause,
  type ProductionResume,
} from '../../schemas/production-contract.ts';
import { requestOnce, type CallLimits, type RawAnswer } from './request-once.ts';

/** The production system, by its contract. Calls answer with what happened; none of them throws. */
export interface ProductionClient {
  pause(): Promise<ProductionAnswer<ProductionPause>>;
  resume(): Promise<ProductionAnswer<ProductionResume>>;
  health(): Promise<ProductionAnswer<ProductionHealth>>;
}

/** Two calls in a row fit into every activity that makes two. */
export const CALL_LIMITS: CallLimits = { timeoutMs: 4_000, maxBodyBytes: 1 << 20 };

/** Speaks to the production system at a base URL. Redirects are not followed: another place is another system. */
export function openProduction(baseUrl: string, limits: CallLimits = CALL_LIMITS): ProductionClient {
  const base = baseUrl.replace(/\/+$/, '');
  const call = async <Body>(method: 'GET' | 'POST', path: string, schema: z.ZodType<Body>): Promise<ProductionAnswer<Body>> =>
    understand(await requestOnce(method, `${base}${path}`, limits), schema);
  return {
    pause: () => call('POST', '/control/pause', productionPauseSchema),
    resume: () => call('POST', '/control/resume', productionResumeSchema),
    health: () => call('GET', '/health', productionHealthSchema),
  };
}

function understand<Body>(raw: RawAnswer, schema: z.ZodType<Body>): ProductionAnswer<Body> {
  if (raw.kind !== 'text') return raw;
  if (raw.status !== 200) return { kind: 'status', status: raw.status };
  let value: unknown;
  try {
    value = JSON.parse(raw.text);
  } catch {
    return { kind: 'malformed', problem: 'a body that is no JSON' };
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return { kind: 'answered', body: parsed.data };
  const field = parsed.error.issues[0]?.path.join('.') ?? '';
  return { kind: 'malformed', problem: field === '' ? 'a body that is no JSON object' : `\`${field}\` missing or of another type` };
}
