/** Plain JavaScript, so that a program of the tests starts at once. */
const PASSAGES = [
  { slug: 'harbour/lights', source_id: 'harbour', title: 'Lights of the harbour', text: 'The green light stands at the north mole.' },
  { slug: 'harbour/tides', source_id: 'harbour', title: 'Tides', text: 'At spring tide the mole is under water.' },
  { slug: 'orchard/pruning', source_id: 'orchard', title: 'Pruning', text: 'Old apple trees are pruned in February.' },
  { slug: 'orchard/bees', source_id: 'orchard', title: 'Bees', text: 'Two hives stand between the apple trees.' },
];

export function findPassages(query, limit, source) {
  const words = query.toLowerCase().match(/\p{L}+/gu) ?? [];
  return PASSAGES.filter((passage) => (source ?? passage.source_id) === passage.source_id)
    .map((passage) => ({
      ...passage,
      score: words.filter((word) => `${passage.title} ${passage.text}`.toLowerCase().includes(word)).length,
    }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || (a.slug < b.slug ? -1 : 1))
    .slice(0, limit);
}
