import { z } from 'zod';
import { id } from '#platform/http/fields.ts';

export const tag = 'Conversations';
/** Of everything below one thread. */
export const params = z.strictObject({ id });
