import { showText } from '../escape.ts';
import { colour } from '../palette.ts';
import type { Colour } from '../palette.ts';

/** Where words stand in a picture, and how much room they have. */
export interface Place {
  readonly leftPx: number;
  readonly topPx: number;
  readonly widthPx: number;
  readonly align?: 'left' | 'center' | 'right';
  readonly tone?: Colour;
  readonly isBold?: boolean;
}

/** One line of words at a place; what does not fit is cut. With `center` and `right` the place is the middle or the end of the words. */
export function wordsAt(text: string, { leftPx, topPx, widthPx, align = 'left', tone = 'ink', isBold = false }: Place): object {
  return {
    text: showText(text),
    left: leftPx,
    top: topPx,
    padding: 0,
    textAlign: align,
    textStyle: {
      color: colour(tone),
      fontSize: 12,
      fontWeight: isBold ? 600 : 400,
      width: widthPx,
      overflow: 'truncate',
      ellipsis: '…',
    },
  };
}
