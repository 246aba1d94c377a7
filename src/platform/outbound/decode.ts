import { TextDecoder } from 'node:util';

/** A media type without its parameters, lower case, and its charset. */
export interface MediaType {
  type: string;
  charset: string | undefined;
}

export function mediaTypeOf(header: string | null): MediaType {
  const [type = '', ...parameters] = (header ?? '').split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  return { type, charset: charset?.replace(/^["']|["']$/g, '') };
}

const MARKS: ReadonlyArray<[bytes: readonly number[], charset: string]> = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/** A page says its charset within its first kilobyte, in ASCII (HTML standard, "prescan a byte stream"). */
const PRESCAN_BYTES = 1024;

/**
 * Bytes as text. What stands first in them counts most, then what the server says, then what the page says itself, then
 * UTF-8; what is wrong in it becomes U+FFFD.
 */
export function decode(bytes: Uint8Array, charset: string | undefined): string {
  const mark = MARKS.find(([first]) => first.every((byte, at) => bytes[at] === byte))?.[1];
  const head = Buffer.from(bytes.subarray(0, PRESCAN_BYTES)).toString('latin1');
  const ofPage = /<meta\s[^>]*charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1];
  for (const label of [mark, charset, ofPage]) {
    const decoder = label === undefined ? undefined : decoderOf(label);
    if (decoder) return decoder.decode(bytes);
  }
  return new TextDecoder().decode(bytes);
}

/** Undefined for a charset that there is not. */
function decoderOf(label: string): TextDecoder | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}
