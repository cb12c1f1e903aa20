import type { Retriever } from '../search-ports.ts';
import type { OpenCollection } from './open-collection.ts';
import { searchCollection } from './search-collection.ts';
import type { SearchWorld } from './search-world.ts';

/** Our own engine. A collection that was made here of given pages lives in memory and hides one of the same name on disk. */
export function createBuiltinRetriever(world: SearchWorld): Retriever {
  const opened = new Map<string, Promise<OpenCollection>>();

  function open(name: string): Promise<OpenCollection> {
    const known = opened.get(name) ?? world.open(name);
    opened.set(name, known);
    known.catch(() => opened.delete(name));
    return known;
  }

  return {
    name: 'builtin',
    search: async (request) => searchCollection(world, await open(request.collection), request),
    index: async (name, pages, intended) => {
      const gathered = world.gather(name, pages, intended);
      opened.set(name, gathered);
      await gathered;
    },
    close: () => world.close(),
  };
}
