import type { CompiledQuery } from 'kysely';
import type { Db } from './transaction.ts';

/** Stands where a value will be. */
class Placeholder {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A query that is built and compiled once for each set of values that are given, and filled in from then on: what a hot
 * query costs beside its execution is a seventh of a whole request. `build` may ask whether a value is there
 * (`undefined` is not) and put it where values stand; what it is, it must not ask.
 */
export function compiledOnce<V extends object, R>(
  build: (db: Db, values: V) => { compile(): CompiledQuery<R> },
): (db: Db, values: V) => Promise<R[]> {
  const known = new Map<string, CompiledQuery<R>>();

  function compile(db: Db, names: string[]) {
    return build(db, Object.fromEntries(names.map((name) => [name, new Placeholder(name)])) as V).compile();
  }

  return async (db, values) => {
    const given = values as Record<string, unknown>;
    const names = Object.keys(given).filter((name) => given[name] !== undefined);
    const key = names.join(' ');
    let query = known.get(key);
    if (!query) known.set(key, (query = compile(db, names)));
    const parameters = query.parameters.map((value) =>
      value instanceof Placeholder ? given[value.name] : value,
    );
    return (await db.executeQuery<R>({ ...query, parameters })).rows;
  };
}
