import { z } from 'zod';
import { id, instant, text } from '#platform/http/fields.ts';

/** The most one file may have. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

export const mediaTypes = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'application/pdf',
  'text/plain',
  'text/markdown',
  'text/csv',
  'application/json',
] as const;

export type MediaType = (typeof mediaTypes)[number];

export const attachmentSchema = z.strictObject({
  id,
  user_id: id,
  /** The message it was sent with; null until it is. */
  message_id: id.nullable(),
  name: z.string(),
  /** By its bytes. */
  media_type: z.enum(mediaTypes),
  size_bytes: z.int(),
  /** Of its bytes, in hexadecimal. */
  sha256: z.string(),
  /** Of an image, in pixels. */
  width: z.int().nullable(),
  height: z.int().nullable(),
  /** Where its bytes are. */
  url: z.string(),
  created_at: instant,
  updated_at: instant,
});

export const uploadQuerySchema = z.strictObject({
  name: text(500).optional().describe('The name of the file.'),
});

export type Attachment = z.output<typeof attachmentSchema>;
