import { isObject, type JsonValue } from '../../domain/shared/json.ts';
import { isPiece, isRequest } from './otlp-pieces.ts';
import type { Detection, FileSample } from './source-adapter.ts';

/** Tells OTLP/JSON by its export requests or spans; how sure we are that it is about models depends on the attributes that its beginning shows. */
export function detectOtelGenai(sample: FileSample): Detection | undefined {
  const { lines, firstElement, document, head } = sample;
  const confidence = GEN_AI.test(head) ? 0.95 : 0.5;
  const about = confidence > 0.5 ? 'with attributes of generative AI' : 'whose beginning shows no attribute of generative AI';
  if (firstElement?.container === 'array')
    return isTelemetry(firstElement.value) ? { layout: 'traces', confidence, reason: `an array of OTLP spans ${about}` } : undefined;
  const told = lines.filter(isTelemetry).length;
  if (told > 0 && told === lines.length) return { layout: 'traces', confidence, reason: `lines of OTLP spans ${about}` };
  if (isTelemetry(document)) return { layout: 'document', confidence, reason: `one document of OTLP spans ${about}` };
  if (lines.length === 0 && !sample.complete && BEGINS_A_REQUEST.test(head))
    return { layout: /^\s*\{[ \t]*\r?\n/.test(head) ? 'document' : 'traces', confidence, reason: `the beginning of OTLP spans ${about}` };
  return undefined;
}

const GEN_AI = /"(?:gen_ai|openinference|llm|traceloop)\./;
const BEGINS_A_REQUEST = /^\s*\{\s*"resource(?:Spans|Logs)"\s*:\s*\[/;

function isTelemetry(value: JsonValue | undefined): boolean {
  return isObject(value) && (isRequest(value) || isPiece(value));
}
