/** Which sections an index file has, in their order; another version, other sections or other rules of analysis. */
export const INDEX_VERSION = 1;

export const INDEX_SECTIONS = [
  'sizes',
  'recordStarts',
  'recordBytes',
  'keyOrder',
  'firstChunks',
  'chunkPlaces',
  'chunkTextStarts',
  'chunkTextBytes',
  'termStarts',
  'termBytes',
  'termSlots',
  'pageStarts',
  'pageRows',
  'pageCounts',
  'pageLengths',
  'pageWeights',
  'titleLengths',
  'chunkStarts',
  'chunkRows',
  'chunkCounts',
  'chunkLengths',
  'passageStarts',
  'passageRows',
  'passageCounts',
  'passageLengths',
  'nameStarts',
  'nameBytes',
  'nameSlots',
  'nameListStarts',
  'nameListPages',
  'incomingStarts',
  'incomingPages',
] as const;

export type IndexSection = (typeof INDEX_SECTIONS)[number];
