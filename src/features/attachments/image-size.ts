import type { Buffer } from 'node:buffer';

export interface ImageSize {
  width: number;
  height: number;
}

/** Up to `length` bytes from `position` on. */
export type Read = (position: number, length: number) => Promise<Buffer>;

/** How many segments of a JPEG are looked through: each may be 64 KB of somebody's colours. */
const MAX_SEGMENTS = 1_000;

const readers: Record<string, (read: Read) => Promise<ImageSize | undefined>> = {
  // https://www.w3.org/TR/png-3/#11IHDR
  'image/png': async (read) => {
    const head = await read(0, 24);
    if (head.length < 24 || head.toString('latin1', 12, 16) !== 'IHDR') return undefined;
    return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
  },
  // https://www.w3.org/Graphics/GIF/spec-gif89a.txt, 18
  'image/gif': async (read) => {
    const head = await read(0, 10);
    return head.length < 10 ? undefined : { width: head.readUInt16LE(6), height: head.readUInt16LE(8) };
  },
  'image/webp': async (read) => webpSize(await read(0, 30)),
  'image/jpeg': jpegSize,
};

/** What an image says of its size: nothing is decoded. Undefined for one whose beginning is broken. */
export async function imageSize(media_type: string, read: Read): Promise<ImageSize | undefined> {
  return await readers[media_type]?.(read);
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function webpSize(head: Buffer): ImageSize | undefined {
  if (head.length < 30) return undefined;
  switch (head.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = head.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 };
    default:
      return undefined;
  }
}

/** The first frame header (ITU T.81, B.2.2), behind whatever comes before it. */
async function jpegSize(read: Read): Promise<ImageSize | undefined> {
  let at = 2;
  for (let segments = 0; segments < MAX_SEGMENTS; segments++) {
    const head = await read(at, 9);
    if (head.length < 9 || head[0] !== 0xff) return undefined;
    const marker = head[1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: head.readUInt16BE(5), width: head.readUInt16BE(7) };
    // What follows is the image itself, without a header.
    if (marker === 0xda || marker === 0xd9) return undefined;
    const isAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    at += isAlone ? 2 : 2 + head.readUInt16BE(2);
  }
  return undefined;
}
