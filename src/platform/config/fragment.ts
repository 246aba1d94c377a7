import type { z } from 'zod';

/** One setting: the variable it is read from and what a person needs to know about it. */
export interface Setting {
  env: string;
  /** One or two sentences for `.env.example` and the docs; a Markdown table cell. */
  doc: string;
  /** Takes the variable's text; see `values.ts` for the usual ones. */
  schema: z.ZodType;
  /** As it would be written in the environment. Without one, an unset variable is `undefined`. */
  default?: string;
  /** Never shown in a message; `<env>_FILE` may name a file that holds it. */
  secret?: boolean;
  /** Shown in `.env.example` where there is no default. */
  example?: string;
}

/** The settings of one part of the program, by the name code knows them under. */
export type Fragment = Record<string, Setting>;

/** Fragments by the name of the part they configure. */
export type Fragments = Record<string, Fragment>;

type Value<S extends Setting> = S extends { default: string }
  ? z.output<S['schema']>
  : z.output<S['schema']> | undefined;

/** What `parseConfig` makes of fragments: `config.<part>.<setting>`. */
export type Config<F extends Fragments> = { [P in keyof F]: { [K in keyof F[P]]: Value<F[P][K]> } };

/** A configuration some of whose values may be missing because they were wrong. */
export type PartialConfig<F extends Fragments> = {
  [P in keyof F]: { [K in keyof F[P]]: Value<F[P][K]> | undefined };
};

/** Declares the settings of one part, keeping their types for `parseConfig`. */
export function defineFragment<const F extends Fragment>(fragment: F): F {
  return fragment;
}
