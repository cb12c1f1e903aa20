import type { ProductionAnswer, ProductionHealth, ProductionResume } from '../../schemas/production-contract.ts';
import { tellAnswer } from './tell-answer.ts';

export type ResumeVerdict = { readonly verdict: 'verified' } | { readonly verdict: 'not_verified'; readonly found: string };

/** A resume counts only when it was answered with 200 and health says `paused` false afterwards. */
export function judgeResume(resume: ProductionAnswer<ProductionResume>, health: ProductionAnswer<ProductionHealth>): ResumeVerdict {
  if (resume.kind !== 'answered') return notVerified(`${tellAnswer(resume)} from resume`);
  if (health.kind !== 'answered') return notVerified(`${tellAnswer(health)} from health`);
  return health.body.paused ? notVerified('health with `paused` still true') : { verdict: 'verified' };
}

/**
 * Whether nothing is left paused behind a pause that failed. The call may have worked all the same, so a resume was sent; what counts is what
 * health says then: unpaused, or nobody there.
 */
export function judgeFailedPause(health: ProductionAnswer<ProductionHealth>): ResumeVerdict {
  if (health.kind === 'refused') return { verdict: 'verified' };
  if (health.kind !== 'answered') return notVerified(`${tellAnswer(health)} from health`);
  return health.body.paused ? notVerified('health with `paused` still true') : { verdict: 'verified' };
}

function notVerified(found: string): ResumeVerdict {
  return { verdict: 'not_verified', found };
}
