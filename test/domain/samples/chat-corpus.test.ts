import { describe, expect, test } from 'vitest';
import { generateChatCorpus } from '../../../domain/samples/index.ts';

interface Chat {
  readonly id: string;
  readonly task_id: string;
  readonly created_at: string;
  readonly label?: string;
  readonly reward?: number;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

const lines = [...generateChatCorpus({ seed: 11, records: 20_000 })];
const distinct = [...new Set(lines)];
const chats = distinct.map((line) => JSON.parse(line) as Chat);

describe('generateChatCorpus', () => {
  test('a line depends on the seed and its place alone', () => {
    expect([...generateChatCorpus({ seed: 11, records: 200, from: 19_800 })]).toEqual(lines.slice(19_800));
    expect([...generateChatCorpus({ seed: 12, records: 50 })]).not.toEqual(lines.slice(0, 50));
  });

  test('every line is a chat of about 960 bytes, written as JSON.stringify would', () => {
    for (const line of distinct.slice(0, 2000)) expect(JSON.stringify(JSON.parse(line))).toBe(line);
    const sizeBytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line), 0) / lines.length;
    expect(sizeBytes).toBeGreaterThan(930);
    expect(sizeBytes).toBeLessThan(990);
    expect(chats.every(({ messages }) => messages.map(({ role }) => role).join() === 'system,user,assistant')).toBe(true);
  });

  test('about 2 % repeat an earlier line', () => {
    const share = 1 - distinct.length / lines.length;
    expect(share).toBeGreaterThan(0.015);
    expect(share).toBeLessThan(0.025);
  });

  test('about 5 % of the tasks have another attempt, which asks the same', () => {
    const byTask = new Map<string, Chat[]>();
    for (const chat of chats) byTask.set(chat.task_id, [...(byTask.get(chat.task_id) ?? []), chat]);
    const several = [...byTask.values()].filter((attempts) => attempts.length > 1);
    expect(several.length / byTask.size).toBeGreaterThan(0.04);
    expect(several.length / byTask.size).toBeLessThan(0.06);
    for (const attempts of several) expect(new Set(attempts.map(({ messages }) => messages[1]?.content)).size).toBe(1);
  });

  test('time goes on from line to line, repeats aside, and 500,000 lines are ten days', () => {
    const times = chats.map((chat) => Date.parse(chat.created_at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const [start] = generateChatCorpus({ seed: 11, records: 1 });
    const startMs = Date.parse((JSON.parse(start as string) as Chat).created_at);
    const last = [...generateChatCorpus({ seed: 11, records: 10, from: 499_990 })].map((line) =>
      Date.parse((JSON.parse(line) as Chat).created_at),
    );
    expect((Math.max(...last) - startMs) / 86_400_000).toBeCloseTo(10, 3);
  });

  test('labels, rewards and silence all occur, and some lines hold something to redact', () => {
    expect(new Set(chats.map(({ label }) => label))).toEqual(new Set(['accepted', 'rejected', 'partial', undefined]));
    expect(chats.some(({ label, reward }) => label === undefined && reward === undefined)).toBe(true);
    const leaks = chats.filter(({ messages }) => /@\S+example|gh[p]_/.test(messages[1]?.content ?? '')).length;
    expect(leaks / chats.length).toBeGreaterThan(0.005);
    expect(leaks / chats.length).toBeLessThan(0.02);
  });
});
