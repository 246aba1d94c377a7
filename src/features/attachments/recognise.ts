import { fileTypeFromBuffer } from 'file-type';
import { AppError } from '#platform/errors/index.ts';
import type { Upload } from '#platform/http/upload.ts';
import type { MediaType } from './contract.ts';
import { imageSize, type ImageSize } from './image-size.ts';

/** What the library needs to see of a file. */
const HEAD_BYTES = 4_100;
/** The largest image, per side and in all: what shows one decodes it. */
const MAX_SIDE = 16_384;
const MAX_PIXELS = 100_000_000;

const binary: Record<string, MediaType> = {
  'image/png': 'image/png',
  'image/apng': 'image/png',
  'image/jpeg': 'image/jpeg',
  'image/gif': 'image/gif',
  'image/webp': 'image/webp',
  'application/pdf': 'application/pdf',
};

const textByEnding: Record<string, MediaType> = {
  md: 'text/markdown',
  markdown: 'text/markdown',
  csv: 'text/csv',
  json: 'application/json',
};

export interface Recognised {
  media_type: MediaType;
  size: ImageSize | undefined;
}

/**
 * What a file is, by its bytes; of text, the name says which. Whatever reads as text is text: SVG and HTML, too, which
 * are never shown as what they are.
 * @throws AppError 415 for anything else, 422 for an image of absurd or unknown size
 */
export async function recognise(upload: Upload, name: string): Promise<Recognised> {
  const found = await fileTypeFromBuffer(await upload.read(0, HEAD_BYTES));
  const media_type = binary[found?.mime ?? ''];
  if (media_type === undefined) {
    if (!(await isText(upload))) throw notTaken(found?.ext);
    const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
    return { media_type: textByEnding[ending] ?? 'text/plain', size: undefined };
  }
  if (media_type === 'application/pdf') return { media_type, size: undefined };
  const size = await imageSize(media_type, upload.read);
  if (!size || size.width === 0 || size.height === 0)
    throw badImage('attachments.broken', 'The image is broken: it does not say how large it is');
  const { width, height } = size;
  if (Math.max(width, height) > MAX_SIDE || width * height > MAX_PIXELS) {
    const limits = `${MAX_SIDE} pixels a side and ${MAX_PIXELS / 1_000_000} megapixels`;
    const message = `The image has ${width} × ${height} pixels: more than ${limits} are not taken`;
    throw badImage('attachments.too_many_pixels', message);
  }
  return { media_type, size };
}

function badImage(code: string, message: string): AppError {
  return new AppError({ code, kind: 'invalid', message, problems: [{ path: 'body', message }] });
}

/** UTF-8 without control characters, all of it. */
async function isText(upload: Upload): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of upload.content()) {
      // oxlint-disable-next-line no-control-regex
      if (/[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]/.test(decoder.decode(chunk, { stream: true }))) return false;
    }
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function notTaken(ending: string | undefined): AppError {
  const what =
    ending === undefined ? 'This is no file that is taken' : `Files of type ${ending} are not taken`;
  return new AppError({
    code: 'attachments.media_type',
    kind: 'unsupported_media',
    message: `${what}: send PNG, JPEG, GIF or WebP images, PDF, or text in UTF-8`,
  });
}
