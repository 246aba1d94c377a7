import type { MeChange } from '#web/features/users/me-change.ts';
import type { Me } from '#web/features/users/me.ts';

export type Names = Record<'name' | 'first_name' | 'last_name', string>;

type Named = Pick<Me, keyof Names>;

/** The names as fields have them. */
export function namesOf({ name, first_name, last_name }: Named): Names {
  return { name, first_name: first_name ?? '', last_name: last_name ?? '' };
}

/** What is to be saved of the fields; undefined when nothing is. A first or last name may be none. */
export function nameChange(saved: Named, typed: Names): Pick<MeChange, keyof Names> | undefined {
  const before = namesOf(saved);
  const change = Object.fromEntries(
    (Object.keys(before) as (keyof Names)[])
      .map((key) => [key, typed[key].trim()] as const)
      .filter(([key, text]) => text !== before[key])
      .map(([key, text]) => [key, key !== 'name' && text === '' ? null : text]),
  );
  return Object.keys(change).length > 0 ? change : undefined;
}
