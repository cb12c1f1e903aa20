import { canonicalJson } from '../../shared/canonical-json.ts';
import type { InspectedOutput } from './inspect-output.ts';

/** What is embedded to compare the answers to one event: the object as canonical JSON, so that the order of keys does not count, or the raw text. */
export function consistencyText(raw: string, { parsed_output }: Pick<InspectedOutput, 'parsed_output'>): string {
  return parsed_output === null ? raw : canonicalJson(parsed_output);
}
