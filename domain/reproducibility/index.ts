export { footerLines, tellReproducible } from './footer-lines.ts';
export { isReproducible, type KnownOrigin, type SearchOrigin } from './is-reproducible.ts';
export { makeFooter } from './make-footer.ts';
