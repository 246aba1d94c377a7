import { end, map, opt, seq, sign, word } from './combinators.ts';
import { span } from './grammar-numbers.ts';
import type { Span } from './meaning.ts';
import { tokenize } from './tokenize.ts';

const lead = opt(word('for', 'in', 'at', 'on'));
const alone = map(seq(lead, span, opt(word('from_now')), opt(sign('.', '!')), end), ([, found]) => found);

/** A length of time that is all of the text: "10 minutes", "for an hour", "на полчаса". */
export function parseSpan(text: string): Span | undefined {
  return alone(tokenize(text), 0)?.value;
}
