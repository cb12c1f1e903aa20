import type { SearchDetail } from '../../schemas/vocabulary.ts';
import { rowId, orderCandidates } from './candidate-order.ts';
import type { NamedList } from './candidate-of.ts';
import type { Candidate } from './candidate.ts';
import { COMPILED_AT_LOW_DETAIL } from './fuse-candidates.ts';
import { mergeCandidates } from './merge-candidates.ts';

/** Part of a page's score that its words make, the other being its meaning. */
const KEYWORD_PART = 0.5;
/** What a further chunk of a page counts beside the one before it, so that other pages come between. */
const NEXT_CHUNK = 0.5;

/**
 * Lists of candidates as one by pages: the score of the words and the best cosine of each page, each scaled to 0 (last of its list) to 1 (first), added in
 * parts; a page that is named without having the words counts as the best by them. The best chunk of a page gets the page's score, each further one half as
 * much. Divided by the highest, best first. Each row once. Unlike reciprocal ranks, this adds up what two arms say of a page by different chunks, and keeps
 * how far apart scores are.
 */
export function blendPages(lists: readonly NamedList[], detail: SearchDetail | null): Candidate[] {
  const rows = [...mergeCandidates(lists.map((list) => list.rows)).values()];
  // The lists of the query itself come before those of its other wordings.
  const keywords = lists.find(({ arm }) => arm === 'keyword');
  const vectors = lists.find(({ arm }) => arm === 'vector');
  const words = wordScores(lists.filter(({ arm }) => arm === 'keyword'));
  const meanings = pageScores(rows, ({ cosine }) => cosine);
  const scaleMeanings = scaleTo((vectors?.rows ?? []).map(({ score }) => score));
  const part = partOf(keywords?.weight ?? 0, vectors?.weight ?? 0);
  const named = new Set(lists.find(({ arm }) => arm === 'title')?.rows.map(({ key }) => key));
  const scoreOf = (key: string): number => {
    const [word, meaning] = [words.get(key), meanings.get(key)];
    // What the query names by an alias need not have any of its words.
    const wording = word ?? Number(named.has(key));
    return part * wording + (1 - part) * (meaning === undefined ? 0 : scaleMeanings(meaning));
  };
  const preferred = ({ kind }: Candidate): number => (detail === 'low' && kind === 'compiled_truth' ? COMPILED_AT_LOW_DETAIL : 1);
  const scored = spread(rows, lists).map(({ row, tier }) => ({ ...row, score: scoreOf(row.key) * NEXT_CHUNK ** tier * preferred(row) }));
  const top = scored.reduce((high, { score }) => Math.max(high, score), 0);
  return orderCandidates(top > 0 ? scored.map((row) => ({ ...row, score: row.score / top })) : scored);
}

/** A weight of 0 or less counts as 1; an arm is switched off by its own knob. */
function partOf(words: number, meanings: number): number {
  const [one, other] = [words > 0 ? words : 1, meanings > 0 ? meanings : 1];
  return (KEYWORD_PART * one) / (KEYWORD_PART * one + (1 - KEYWORD_PART) * other);
}

/** What the words of each page come to, from 0 to 1: by the query, or by another wording of it, which counts as much less as its weight is. */
function wordScores(lists: readonly NamedList[]): Map<string, number> {
  const words = new Map<string, number>();
  for (const { weight, rows } of lists) {
    const scores = pageScores(rows, ({ score }) => score);
    const scale = scaleTo(scores.values());
    const share = weight > 0 && lists[0]!.weight > 0 ? weight / lists[0]!.weight : 1;
    for (const [key, score] of scores) words.set(key, Math.max(share * scale(score), words.get(key) ?? 0));
  }
  return words;
}

/** The highest value of each page among the rows that have one. */
function pageScores(rows: readonly Candidate[], valueOf: (row: Candidate) => number | null): Map<string, number> {
  const scores = new Map<string, number>();
  for (const row of rows) {
    const value = valueOf(row);
    if (value !== null) scores.set(row.key, Math.max(value, scores.get(row.key) ?? -Infinity));
  }
  return scores;
}

/** Scales values to 0 (the lowest of a list) to 1 (the highest); lower ones to 0. Where a list has one value only, what reaches it gets 1. */
function scaleTo(list: Iterable<number>): (value: number) => number {
  let [low, high] = [Infinity, -Infinity];
  for (const value of list) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return (value) => (high > low ? Math.max(0, (value - low) / (high - low)) : value >= high ? 1 : 0);
}

/** Which chunk of its page each row is: 0 for the one that an arm put first, by the best place in any list. */
function spread(rows: readonly Candidate[], lists: readonly NamedList[]): { readonly row: Candidate; readonly tier: number }[] {
  const places = new Map<string, number>();
  for (const list of lists)
    for (const [place, row] of list.rows.entries()) places.set(rowId(row), Math.min(place, places.get(rowId(row)) ?? Infinity));
  const seen = new Map<string, number>();
  return rows
    .toSorted((left, right) => places.get(rowId(left))! - places.get(rowId(right))!)
    .map((row) => {
      const tier = seen.get(row.key) ?? 0;
      seen.set(row.key, tier + 1);
      return { row, tier };
    });
}
