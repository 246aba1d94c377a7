import { z } from 'zod';
import type { JsonValue } from '#platform/db/index.ts';
import { placeholdersIn } from './placeholders.ts';

/** What belongs to the connection, and is for nobody to set. */
const OURS = new Set(
  'host connection content-length transfer-encoding keep-alive upgrade te trailer expect proxy-authorization'.split(
    ' ',
  ),
);

const headerName = z
  .string()
  .regex(/^[\w!#$%&'*+.^`|~-]{1,100}$/, 'must be the name of a header')
  .refine((name) => !OURS.has(name.toLowerCase()), 'is set by the connection itself');

const ONE_LINE = 'must be one line of Latin letters and signs';

/** Printable, so that it ends no line. */
const headerText = z
  .string()
  .max(4_000)
  .regex(/^[\t\x20-\x7e\x80-\xff]*$/, ONE_LINE);

/** A template stands in the path or the query: whom it goes to is not the model's choice. */
const url = z
  .string()
  .max(2_000)
  .superRefine((template, context) => {
    const issue = (message: string) => context.addIssue({ code: 'custom', message });
    const [, origin = ''] = /^([^?#/]*\/\/[^?#/]*)/.exec(template) ?? [];
    if (placeholdersIn(origin).length > 0) return issue('may have {placeholders} in its path and query only');
    const parsed = URL.parse(template);
    if (!parsed || !/^https?:$/.test(parsed.protocol)) return issue('must start with http:// or https://');
    if (parsed.username !== '' || parsed.password !== '')
      return issue('must not hold a user name or password; use secret_headers');
  });

const method = z.preprocess(
  (name) => (typeof name === 'string' ? name.toUpperCase() : name),
  z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET'),
);

const json: z.ZodType<JsonValue> = z.json();

const fields = {
  method,
  url: url.meta({ description: '{name} is replaced by that part of the input, encoded' }),
  query: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  headers: z.record(headerName, headerText).optional(),
  body: json.optional().meta({
    description:
      '"json": what of the input is used nowhere else; another text: a template of it; else a template of JSON',
  }),
  timeout_s: z.int().min(1).max(60).optional(),
  idempotency_header: headerName.optional(),
};

/**
 * The `config` of a tool of type `http`, as it is written. A secret header is written as its value and read as `true`,
 * which when written again keeps what is there.
 */
export const writtenConfig = z.strictObject({
  ...fields,
  secret_headers: z.record(headerName, z.union([headerText.min(1), z.literal(true)], ONE_LINE)).optional(),
});

/** The same as it is stored, and shown: of secrets only that they are set. */
export const storedConfig = z.strictObject({
  ...fields,
  secret_headers: z.record(headerName, z.literal(true)).optional(),
});

export type WrittenConfig = z.output<typeof writtenConfig>;
export type HttpConfig = z.output<typeof storedConfig>;

/** What of the input a configuration uses by name. */
export function usedNames({ url: address, query, headers, body }: HttpConfig): Set<string> {
  const named = [address, query ?? {}, headers ?? {}, body === 'json' ? null : (body ?? null)];
  return new Set(named.flatMap((template) => placeholdersIn(template)));
}
