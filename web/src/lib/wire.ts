import type { z } from 'zod';

/** What a contract's schema looks like on the wire: instants are RFC 3339 texts there. */
export type Wire<S extends z.ZodType> = z.input<S>;

/** A page of a list. */
export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** A page of what the schema describes. */
export type WirePage<S extends z.ZodType> = Page<Wire<S>>;
