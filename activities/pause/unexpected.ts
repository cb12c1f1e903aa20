import { ProductionError } from '../../domain/shared/errors.ts';

/** The error of a production system that did something else than was asked of it. */
export function unexpectedOf(doing: string, expected: string, found: string): ProductionError {
  return new ProductionError(
    `${doing}: expected ${expected}, found ${found}.`,
    'Look at the production system; `lauter bench status` tells how the pause stands.',
  );
}
