/** Cuts text that comes in pieces into lines, without their ends. Undefined once an unfinished line is longer than allowed, which forgets it. */
export function splitLines(maxCharacters: number): { take(piece: string): string[] | undefined } {
  let rest = '';
  return {
    take: (piece) => {
      const lines = piece.split('\n');
      lines[0] = rest + lines[0]!;
      rest = lines.pop()!;
      const isTooLong = rest.length > maxCharacters || lines.some(({ length }) => length > maxCharacters);
      if (isTooLong) rest = '';
      return isTooLong ? undefined : lines.map((line) => line.replace(/\r$/, ''));
    },
  };
}
