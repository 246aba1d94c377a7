/** Words of at least so many letters may have other endings. */
const SHORTEST_INFLECTED = 4;
/** Endings of this length may differ: воду, воды; позвони, позвоню. */
const ENDING = 2;

function words(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll('ё', 'е')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** Whether two words are the same but for their endings. Short ones and numbers may differ by a plural s alone. */
function sameWord(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long === short || long === `${short}s`) return true;
  if (short.length < SHORTEST_INFLECTED || /\d/.test(a)) return false;
  // What models ask by may be a stem: встреч, встречами.
  if (short.length > SHORTEST_INFLECTED && long.startsWith(short)) return true;
  if (long.length - short.length > ENDING) return false;
  const stem = Math.max(SHORTEST_INFLECTED - 1, short.length - ENDING);
  return short.slice(0, stem) === long.slice(0, stem);
}

/** Whether every word of `query` stands in `text`, in whatever form. */
export function matchesWords(query: string, text: string): boolean {
  const inText = words(text);
  const wanted = words(query);
  return wanted.length > 0 && wanted.every((word) => inText.some((other) => sameWord(word, other)));
}
