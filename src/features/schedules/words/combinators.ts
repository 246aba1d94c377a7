import type { Token } from './tokenize.ts';
import type { Keyword, Term } from './terms.ts';

/** Reads a meaning from the tokens at `at`; `next` is where it ended. */
export type Parser<T> = (tokens: readonly Token[], at: number) => { value: T; next: number } | undefined;

type Values<P extends readonly Parser<unknown>[]> = {
  [I in keyof P]: P[I] extends Parser<infer T> ? T : never;
};

/** A token with a term of this type, and maybe with a certain look. */
export function term<K extends Term['type']>(
  type: K,
  accept: (found: Extract<Term, { type: K }>) => boolean = () => true,
): Parser<Extract<Term, { type: K }>> {
  const matches = (found: Term): found is Extract<Term, { type: K }> =>
    found.type === type && accept(found as Extract<Term, { type: K }>);
  return (tokens, at) => {
    const found = tokens[at]?.terms.find(matches);
    return found && { value: found, next: at + 1 };
  };
}

export function word(...keywords: Keyword[]): Parser<Keyword> {
  return map(
    term('keyword', (found) => keywords.includes(found.keyword)),
    (found) => found.keyword,
  );
}

export function sign(...texts: string[]): Parser<string> {
  return (tokens, at) => {
    const token = tokens[at];
    return token && texts.includes(token.text) ? { value: token.text, next: at + 1 } : undefined;
  };
}

/** One after the other. */
export function seq<const P extends readonly Parser<unknown>[]>(...parsers: P): Parser<Values<P>> {
  return (tokens, at) => {
    const values: unknown[] = [];
    let next = at;
    for (const parser of parsers) {
      const result = parser(tokens, next);
      if (!result) return undefined;
      values.push(result.value);
      next = result.next;
    }
    return { value: values as Values<P>, next };
  };
}

/** The alternative that reads farthest; of equals the first. */
export function alt<const P extends readonly Parser<unknown>[]>(...parsers: P): Parser<Values<P>[number]> {
  return (tokens, at) => {
    let best: { value: unknown; next: number } | undefined;
    for (const parser of parsers) {
      const result = parser(tokens, at);
      if (result && (!best || result.next > best.next)) best = result;
    }
    return best as { value: Values<P>[number]; next: number } | undefined;
  };
}

export function opt<T>(parser: Parser<T>): Parser<T | undefined> {
  return (tokens, at) => parser(tokens, at) ?? { value: undefined, next: at };
}

/** One or more, with something between. */
export function list<T>(item: Parser<T>, between: Parser<unknown>): Parser<T[]> {
  return (tokens, at) => {
    const first = item(tokens, at);
    if (!first) return undefined;
    const values = [first.value];
    let next = first.next;
    for (;;) {
      const gap = between(tokens, next);
      const more = gap && item(tokens, gap.next);
      if (!more || more.next === next) return { value: values, next };
      values.push(more.value);
      next = more.next;
    }
  };
}

/** Changes the value; `undefined` says that it was no match after all. */
export function map<T, U>(parser: Parser<T>, change: (value: T) => U | undefined): Parser<U> {
  return (tokens, at) => {
    const result = parser(tokens, at);
    if (!result) return undefined;
    const value = change(result.value);
    return value === undefined ? undefined : { value, next: result.next };
  };
}

/** Matches only when the other doesn't match right behind it. */
export function notBefore<T>(parser: Parser<T>, other: Parser<unknown>): Parser<T> {
  return (tokens, at) => {
    const result = parser(tokens, at);
    return result && !other(tokens, result.next) ? result : undefined;
  };
}

/** Matches where the other would, and reads nothing. */
export function peek(other: Parser<unknown>): Parser<true> {
  return (tokens, at) => (other(tokens, at) ? { value: true, next: at } : undefined);
}

/** A word that has no meaning to us. */
export function isOtherWord(token: Token | undefined): boolean {
  return token !== undefined && token.terms.length === 0 && /\p{L}/u.test(token.text);
}

export const nothing: Parser<true> = (_tokens, at) => ({ value: true, next: at });

export const end: Parser<true> = (tokens, at) =>
  at >= tokens.length ? { value: true, next: at } : undefined;
