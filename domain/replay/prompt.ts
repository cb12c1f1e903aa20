import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { BundleEntry, ReplayBundle } from '../../schemas/replay-run.ts';
import { dataNotice, fence } from '../fencing/index.ts';

/** A message as a model is sent it. */
export interface ReplayMessage {
  readonly role: 'system' | 'user';
  readonly content: string;
}

/** What a model is asked: the task, and the bundle behind fences, because others wrote what stands in it. */
export function replayMessages(task: string, { exemplars, warnings, validation_steps: steps }: ReplayBundle): ReplayMessage[] {
  const parts = [
    section('Playbooks of tasks like this one that were solved:', exemplars.map(playbook)),
    section('Playbooks of attempts that were only partly right; mind what went wrong:', warnings.map(playbook)),
    section('Steps by which such work was verified:', steps.length === 0 ? [] : [passage({ kind: 'steps' }, steps.join('\n'))]),
    `Task: ${task}`,
  ];
  return [
    { role: 'system', content: SYSTEM_PROMPT },
    { role: 'user', content: parts.filter((part) => part !== '').join('\n\n') },
  ];
}

/** Tokens of messages, on the safe side of the usual quarter of their characters: a third of their UTF-8 bytes, and a little for each message. */
export function promptTokens(messages: readonly ReplayMessage[]): number {
  return messages.reduce((sum, { content }) => sum + Math.ceil(utf8ToBytes(content).length / 3) + FRAME_TOKENS, 0);
}

const FRAME_TOKENS = 16;

const SYSTEM_PROMPT = [
  'You do a task with the help of playbooks of earlier work.',
  dataNotice('passage'),
  'Name only files, identifiers, numbers, commits, addresses and quotations that stand in the playbooks or in the task, written as they are there.',
  'Where they do not tell what is asked, say what is missing instead of guessing.',
  'Answer in a few full sentences, and say by which of the steps the answer was or can be verified.',
].join(' ');

function section(heading: string, blocks: readonly string[]): string {
  return blocks.length === 0 ? '' : [heading, ...blocks].join('\n');
}

function playbook({ id, content }: BundleEntry): string {
  return passage({ id }, content);
}

function passage(attributes: Readonly<Record<string, string>>, text: string): string {
  return fence({ tag: 'passage', attributes, text, cap: text.length }).block;
}
