import type { IndexSection } from './index-sections.ts';

/** The numbers of a section. */
type NumbersOf = (name: IndexSection) => Uint32Array;

/** Sections that begin lists in another section, and the section and number of lists that they must fit. */
interface Lists {
  readonly starts: IndexSection;
  readonly count: number;
  readonly sizes: readonly number[];
}

/**
 * True when the sections of an index fit each other: as many lists as there are things, each where the one before ends, and no page that is not there.
 * So whatever bytes were damaged, a lookup ends and stays inside. Which terms a page has is not checked: a wrong one is a wrong score and nothing more.
 */
export function isConsistent(numbersOf: NumbersOf, sizeBytesOf: (name: IndexSection) => number): boolean {
  const length = (name: IndexSection): number => numbersOf(name).length;
  const [pages, chunks] = numbersOf('sizes');
  if (pages === undefined || chunks === undefined || length('sizes') !== 3) return false;
  const [terms, names] = [length('termStarts') - 1, length('nameStarts') - 1];
  // Where no page has a second chunk, there are no passages.
  const [passageTerms, passages] = chunks > pages ? [terms, chunks] : [0, 0];
  const lists: readonly Lists[] = [
    { starts: 'recordStarts', count: pages, sizes: [sizeBytesOf('recordBytes')] },
    { starts: 'chunkTextStarts', count: chunks, sizes: [sizeBytesOf('chunkTextBytes')] },
    { starts: 'termStarts', count: terms, sizes: [sizeBytesOf('termBytes')] },
    { starts: 'nameStarts', count: names, sizes: [sizeBytesOf('nameBytes')] },
    { starts: 'firstChunks', count: pages, sizes: [chunks] },
    { starts: 'pageStarts', count: terms, sizes: [length('pageRows'), length('pageCounts'), length('pageWeights')] },
    { starts: 'chunkStarts', count: terms, sizes: [length('chunkRows'), length('chunkCounts')] },
    { starts: 'passageStarts', count: passageTerms, sizes: [length('passageRows'), length('passageCounts')] },
    { starts: 'nameListStarts', count: names, sizes: [length('nameListPages')] },
    { starts: 'incomingStarts', count: pages, sizes: [length('incomingPages')] },
  ];
  return (
    [length('keyOrder'), length('pageLengths'), length('titleLengths')].every((rows) => rows === pages) &&
    length('chunkLengths') === chunks &&
    length('passageLengths') === passages &&
    length('chunkPlaces') === 2 * chunks &&
    [length('termSlots'), length('nameSlots')].every(isPowerOfTwo) &&
    lists.every(({ starts, count, sizes }) => areLists(numbersOf(starts), count, sizes)) &&
    [numbersOf('nameListPages'), numbersOf('incomingPages')].every((all) => all.every((page) => page < pages)) &&
    numbersOf('chunkPlaces').every((value, at) => at % 2 === 1 || value < pages)
  );
}

function areLists(starts: Uint32Array, count: number, sizes: readonly number[]): boolean {
  if (starts.length !== count + 1 || starts[0] !== 0 || !sizes.every((size) => size === starts[count])) return false;
  for (let at = 0; at < count; at += 1) if (starts[at]! > starts[at + 1]!) return false;
  return true;
}

function isPowerOfTwo(size: number): boolean {
  return size > 0 && (size & (size - 1)) === 0;
}
