import { z } from 'zod';

/** One or several of an enum's values in a query, with commas: `?status=parked,failed`. */
export function listOf<V extends string>(values: z.ZodEnum<Record<V, V>>) {
  const options = values.options as V[];
  return z
    .string()
    .transform((text, context): V[] => {
      const parts = text.split(',');
      const known = options.filter((value) => parts.includes(value));
      if (parts.every((part) => known.includes(part as V))) return known;
      context.addIssue({ code: 'custom', message: `must be of ${options.join(', ')}, with commas between` });
      return z.NEVER;
    })
    .meta({ type: 'string', description: `One or several of: ${options.join(', ')}; commas between them.` });
}
