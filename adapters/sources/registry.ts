import type { AdapterName } from '../../schemas/vocabulary.ts';
import { aiderBench } from './aider-bench.ts';
import { benchRun } from './bench-run.ts';
import { claudeCode } from './claude-code.ts';
import { inspect } from './inspect.ts';
import { intercode } from './intercode.ts';
import { langfuse } from './langfuse.ts';
import { mapped } from './mapped.ts';
import { openaiChat } from './openai-chat.ts';
import { otelGenai } from './otel-genai.ts';
import { pairwise } from './pairwise.ts';
import { promptfoo } from './promptfoo.ts';
import { reflexion } from './reflexion.ts';
import { replayLog } from './replay-log.ts';
import { reviewComments } from './review-comments.ts';
import type { SourceAdapter } from './source-adapter.ts';
import { sweAgent } from './swe-agent.ts';
import { tauBench } from './tau-bench.ts';

/** Every trace format, by name. A new adapter is one file and one line here. */
export const SOURCE_ADAPTERS: Readonly<Record<AdapterName, SourceAdapter>> = {
  'openai-chat': openaiChat,
  'claude-code': claudeCode,
  'swe-agent': sweAgent,
  'aider-bench': aiderBench,
  'tau-bench': tauBench,
  intercode,
  reflexion,
  inspect,
  'review-comments': reviewComments,
  promptfoo,
  pairwise,
  'bench-run': benchRun,
  'replay-log': replayLog,
  'otel-genai': otelGenai,
  langfuse,
  mapped,
};
