import { expect, it } from 'vitest';
import { draftOf, noSignals } from '../../../adapters/sources/drafts.ts';
import { redactDraft } from '../../../domain/redaction/index.ts';

const KEEPER = 'keeper@harbor.example';
const LINE = '(415) 555-0142';

/** The same address and number in every part of a record, spelled as each part spells it. */
function record(address: string, line: string) {
  const inner = JSON.stringify({ to: address, note: `ring ${line}` });
  return draftOf(
    { value: {}, locator: { line: 0 }, line: 0 },
    {
      task: { id: null, text: `Write to ${address}.` },
      messages: [
        { role: 'user', content: `Write to ${address} or ring ${line}.` },
        {
          role: 'assistant',
          content: '',
          tool_calls: [
            { id: 'call_1', name: 'send', arguments: inner },
            { id: 'call_2', name: 'send', arguments: JSON.stringify({ [address]: { body: inner } }) },
          ],
        },
        { role: 'tool', content: `<${address.toUpperCase()}> accepted; +1 415-555-0142 did not answer`, tool_call_id: 'call_1' },
      ],
      tools: [{ name: 'send', parameters: { properties: { [address]: { type: 'string', description: `as in ${address}` } } } }],
      artifacts: [{ kind: 'file', text: `to,phone\n${address},${line}\n`, path: `mail/${address}.eml` }],
      signals: { ...noSignals(), error: `no answer from ${line}`, proxies: { [address]: line } },
    },
  );
}

it('gives a value one typed placeholder in messages, arguments, tools, artifacts and the keys of objects', () => {
  const { draft } = redactDraft(record(KEEPER, LINE));
  const { signed: _signed, ...stored } = draft;
  const text = JSON.stringify(stored);
  expect(new Set(text.match(/\[[A-Z_]+_\d+\]/g))).toEqual(new Set(['[EMAIL_1]', '[PHONE_1]']));
  expect(text).not.toMatch(/keeper|harbor\.example|0142/i);
  expect(JSON.parse(draft.messages[1]!.tool_calls![1]!.arguments)).toEqual({
    '[EMAIL_1]': { body: '{"to":"[EMAIL_1]","note":"ring [PHONE_1]"}' },
  });
  expect(draft.tools).toEqual([
    { name: 'send', parameters: { properties: { '[EMAIL_1]': { type: 'string', description: 'as in [EMAIL_1]' } } } },
  ]);
  expect(draft.signals.proxies).toEqual({ '[EMAIL_1]': '[PHONE_1]' });
});

it('begins again at 1 in the next record, so that numbers connect nothing across records', () => {
  const first = redactDraft(record(KEEPER, LINE)).draft;
  const second = redactDraft(record('crew@quay.example', '(206) 555-0171')).draft;
  expect(second.task.text).toBe(first.task.text);
});

it('keeps two values apart that one placeholder would make one', () => {
  const { draft } = redactDraft({ ...record(KEEPER, LINE), messages: [{ role: 'user', content: `${KEEPER} and crew@harbor.example` }] });
  expect(draft.messages[0]!.content).toBe('[EMAIL_1] and [EMAIL_2]');
});
