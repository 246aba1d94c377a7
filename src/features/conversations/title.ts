const MAX_LENGTH = 80;

/** The first words of a text, as the title of its thread: at most 80 UTF-16 units, on one line, no character cut in two. */
export function titleFrom(text: string): string {
  const words = text.trim().replaceAll(/\s+/g, ' ');
  if (words.length <= MAX_LENGTH) return words;
  const end = words.lastIndexOf(' ', MAX_LENGTH);
  // Where words are long, or not told apart by spaces, one is cut.
  if (end >= MAX_LENGTH / 2) return words.slice(0, end);
  const cut = words.slice(0, MAX_LENGTH);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}
