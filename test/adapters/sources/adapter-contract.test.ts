import { describe, expect, it } from 'vitest';
import { asString, isObject } from '../../../domain/shared/json.ts';
import { draftOf, refuse } from '../../../adapters/sources/drafts.ts';
import type { SourceAdapter } from '../../../adapters/sources/source-adapter.ts';
import type { QuarantineReason } from '../../../schemas/vocabulary.ts';
import { CONTRACT, describeAdapter, isEvidence, type ContractMaterial } from './adapter-contract.ts';

const SOUND: SourceAdapter = {
  name: 'mapped',
  version: 1,
  detect: (sample) => {
    const [first] = sample.lines;
    if (!isObject(first) || !('riddle' in first)) return undefined;
    return { layout: 'lines', confidence: 1, reason: 'lines with a riddle' };
  },
  normalize: (record) => {
    const riddle = isObject(record.value) ? asString(record.value['riddle']) : undefined;
    if (riddle === undefined) return [refuse(record, 'missing_field', 'riddle: expected text')];
    return [draftOf(record, { task: { id: null, text: riddle }, messages: [{ role: 'user', content: riddle }] })];
  },
};

const MATERIAL: ContractMaterial = {
  samples: [{ path: 'riddles.jsonl', text: '{"riddle":"What has keys but opens no door?"}\n{"riddle":"What gets wetter as it dries?"}\n' }],
  foreign: [{ path: 'recipes.jsonl', text: '{"dish":"barley soup"}\n' }],
};

describeAdapter(SOUND, MATERIAL);

describe('the contract fails on', () => {
  const broken: Record<string, Partial<SourceAdapter> & { readonly breaks: string }> = {
    'an adapter that does not know its own files': { breaks: 'recognises its own files', detect: () => undefined },
    'an adapter that claims everything': {
      breaks: 'leaves foreign files alone',
      detect: () => ({ layout: 'lines', confidence: 1, reason: 'looks fine to me' }),
    },
    'a detection that trusts the file': {
      breaks: 'detects without throwing, whatever the file holds',
      detect: (sample) => ('riddle' in (sample.lines[0] as object) ? { layout: 'lines', confidence: 1, reason: 'riddle' } : undefined),
    },
    'an adapter that drops records': { breaks: 'accounts for every record', normalize: () => [] },
    'a role outside the vocabulary': {
      breaks: 'finds evidence in its samples, each piece lawful and told apart',
      normalize: (record) => [
        draftOf(record, { task: { id: null, text: '' }, messages: [{ role: 'narrator' as 'user', content: 'Once' }] }),
      ],
    },
    'two attempts that would share an id': {
      breaks: 'finds evidence in its samples, each piece lawful and told apart',
      normalize: (record, context) => [...SOUND.normalize(record, context), ...SOUND.normalize(record, context)],
    },
    'a reason outside the vocabulary': {
      breaks: 'turns arbitrary JSON into lawful drafts and never throws',
      normalize: (record) => [refuse(record, 'did_not_like_it' as QuarantineReason, 'a matter of taste')],
    },
    'a normalization that trusts the record': {
      breaks: 'turns a sample with one part lost or replaced into lawful drafts and never throws',
      normalize: (record) => {
        const text = (record.value as { riddle: string }).riddle.trim();
        return [draftOf(record, { task: { id: null, text }, messages: [] })];
      },
    },
    'a normalization that writes into the record': {
      breaks: 'says the same twice and leaves the record as it was',
      normalize: (record, context) => {
        if (isObject(record.value)) record.value['seen'] = true;
        return SOUND.normalize(record, context);
      },
    },
    'a normalization that counts its calls': {
      breaks: 'says the same twice and leaves the record as it was',
      normalize: countingCalls(),
    },
  };

  it.each(Object.entries(broken))('%s', (_name, { breaks, ...change }) => {
    const check = CONTRACT[breaks];
    expect(check).toBeDefined();
    expect(() => check?.({ ...SOUND, ...change }, MATERIAL)).toThrow();
  });
});

function countingCalls(): SourceAdapter['normalize'] {
  let calls = 0;
  return (record, context) => SOUND.normalize(record, context).map((draft) => (isEvidence(draft) ? { ...draft, trial: ++calls } : draft));
}
