import { describe, expect, test } from 'vitest';
import { checkOutput } from '../../../../domain/bench/gates/check-output.ts';
import { canonicalJson } from '../../../../domain/shared/canonical-json.ts';
import type { JsonValue } from '../../../../domain/shared/json.ts';
import { shellOutput, shellText } from './outputs.ts';
import { fc } from '../../../support/fast-check.ts';

const isValid = (raw: string, source = 'shell'): boolean => checkOutput(raw, source).schema_valid;

describe('finding the object', () => {
  test.each([
    ['bare', shellText()],
    ['with space around it', `\n  ${shellText()} \n`],
    ['G15: fenced', `\`\`\`json\n${shellText()}\n\`\`\``],
    ['G15: fenced without a language', `\`\`\`\n${shellText()}\n\`\`\``],
    ['G15: prose and fence', `Here is the note:\n\n\`\`\`json\n${shellText()}\n\`\`\`\nI hope it serves.`],
    ['G15: prose and bare object', `Sure. ${shellText()} Anything else?`],
    ['fenced within a line', `The note: \`\`\`${shellText()}\`\`\``],
    ['a fence that never closes', `\`\`\`json\n${shellText()}`],
    ['Windows line ends', `\`\`\`json\r\n${shellText()}\r\n\`\`\`\r\n`],
    ['a byte order mark', `\ufeff${shellText()}`],
    ['braces and fences inside strings', `Note: ${shellText({ summary: 'Wrote "}" and ```js\\n{``` into the tide log.' })}`],
    ['escaped quotes before a brace in a string', `Note: ${shellText({ summary: 'Replaced \\" and " by } in the tide log.' })}`],
    ['a fence inside a fenced string', `\`\`\`json\n${shellText({ summary: 'Documented ```make tides``` in the log.' })}\n\`\`\``],
    ['two objects: the first counts', `${shellText()}\n{"summary":null}`],
    ['a fence around prose, then the object', `\`\`\`\nthinking\n\`\`\`\n${shellText()}`],
  ])('%s: valid', (_, raw) => {
    const check = checkOutput(raw, 'shell');
    expect(check).toMatchObject({ schema_valid: true, schema_errors: [] });
    expect(check.parsed_output?.intent).toBe('check the tide model');
  });

  test.each([
    ['G16: a closing brace first', `} ${shellText()}`],
    ['G16: decoy braces first', `The set {tides, berths} is meant: ${shellText()}`],
    ['G16: an empty pair of braces first', `{} ${shellText()}`],
    ['G16: a decoy that is JSON, but another object', `{"plan":1} ${shellText()}`],
    ['an object that never closes', shellText().slice(0, -1)],
    ['NaN', shellText().replace('"success"', 'NaN')],
    ['nothing', ''],
    ['prose', 'The tide model ran.'],
  ])('%s: invalid', (_, raw) => {
    expect(isValid(raw)).toBe(false);
  });

  test.each([
    ['G17: a list', `[${shellText()}]`],
    ['G17: null', 'null'],
    ['G17: a list in a fence', `\`\`\`json\n[${shellText()}]\n\`\`\``],
    ['a string', JSON.stringify(shellText())],
    ['a number', '42'],
  ])('%s at the top: invalid, nothing parsed', (_, raw) => {
    expect(checkOutput(raw, 'shell')).toMatchObject({ schema_valid: false, parsed_output: null });
  });

  test('what could not be written into a run file is not taken', () => {
    const deep = `{"summary":"Tides.","entities":{},"extra":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(checkOutput(deep, 'claude')).toMatchObject({ schema_valid: false, parsed_output: null });
    expect(checkOutput('{"summary":"Tides.","entities":{},"extra":1e999}', 'claude')).toMatchObject({
      schema_valid: false,
      parsed_output: null,
    });
  });
});

describe('the shape', () => {
  test.each<readonly [string, Record<string, unknown>]>([
    ['extra keys', { mood: 'calm', entities: { ...(shellOutput().entities as object), moods: 7 } }],
    ['categories left out', { entities: {} }],
    ['2000 characters', { summary: 'a'.repeat(2000) }],
    ['2000 characters outside the basic plane', { summary: '🌊'.repeat(2000) }],
    ['an empty intent', { intent: '' }],
    ...['success', 'partial', 'failure', 'unknown'].map((outcome) => [`outcome ${outcome}`, { outcome }] as const),
  ])('%s: valid', (_, changes) => {
    expect(checkOutput(shellText(changes), 'shell').schema_errors).toEqual([]);
  });

  test.each([
    ['G19: summary null', { summary: null }],
    ['G19: entities null', { entities: null }],
    ['G20: a summary of 2001 characters', { summary: 'a'.repeat(2001) }],
    ['G20: an empty summary', { summary: '' }],
    ['a blank summary', { summary: ' \n\t ' }],
    ['no summary', { summary: undefined }],
    ['a summary that is a list', { summary: ['Tides.'] }],
    ['entities a list', { entities: [] }],
    ['a category null', { entities: { tools: null } }],
    ['a category that is a string', { entities: { tools: 'make' } }],
    ['a category with a number', { entities: { tools: ['make', 7] } }],
    ['a category with null', { entities: { tools: [null] } }],
    ['no intent', { intent: undefined }],
    ['intent null', { intent: null }],
    ['no outcome', { outcome: undefined }],
    ['another outcome', { outcome: 'Success' }],
    ['an outcome with a space', { outcome: 'success ' }],
    ['an outcome that is a list', { outcome: ['success'] }],
  ])('%s: invalid, and still parsed', (_, changes) => {
    const check = checkOutput(shellText(changes), 'shell');
    expect(check.schema_valid).toBe(false);
    expect(check.schema_errors).toHaveLength(1);
    expect(check.parsed_output).not.toBeNull();
  });

  test.each(['claude', 'browser', 'workflow'])('%s needs neither intent nor outcome', (source) => {
    expect(isValid('{"summary":"Read about tides.","entities":{"projects":["tides"]}}', source)).toBe(true);
  });

  test('categories belong to their source', () => {
    expect(isValid('{"summary":"Read about tides.","entities":{"urls":7}}', 'browser')).toBe(false);
    expect(isValid('{"summary":"Read about tides.","entities":{"urls":7}}', 'claude')).toBe(true);
  });

  test('a source that nobody knows asks for lists of strings', () => {
    expect(isValid('{"summary":"Signed the log.","entities":{"ships":["Albatros"]}}', 'logbook')).toBe(true);
    expect(isValid('{"summary":"Signed the log.","entities":{"ships":7}}', 'logbook')).toBe(false);
    for (const source of ['constructor', '__proto__', 'toString', ''])
      expect(isValid('{"summary":"Signed.","entities":{}}', source)).toBe(true);
  });

  test('what an object inherits was not written by the model', () => {
    expect(isValid('{"__proto__":{"summary":"Tides.","entities":{}}}', 'claude')).toBe(false);
  });
});

describe('whatever the text', () => {
  test('it never throws, and what it parsed can be written', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom('{', '}', '[', ']', '"', '\\', '```', '```json\n', '\n', ':', ',', 'null', '"summary"', '"entities"', '1e999'),
        fc.string({ unit: 'binary' }),
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          pieces.map((list) => list.join('')),
          fc.json(),
        ),
        fc.oneof(fc.constantFrom('shell', 'claude'), fc.string()),
        (raw, source) => {
          const { schema_valid, schema_errors, parsed_output } = checkOutput(raw, source);
          expect(schema_valid).toBe(schema_errors.length === 0);
          if (parsed_output !== null) canonicalJson(parsed_output);
          else expect(schema_valid).toBe(false);
        },
      ),
    );
  });

  test('a valid object is found in any prose without braces', () => {
    const prose = fc.string({ unit: 'grapheme' }).filter((text) => !/[{}`]/.test(text));
    const output = shellOutput() as JsonValue;
    fc.assert(
      fc.property(prose, prose, (before, after) => {
        // Prose that makes the whole text another JSON value is another answer.
        fc.pre(!/[[\]"]/.test(before + after));
        expect(checkOutput(`${before}${JSON.stringify(output)}${after}`, 'shell').parsed_output).toEqual(output);
      }),
    );
  });
});
