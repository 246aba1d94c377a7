import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import { fakeUpload } from '#test/upload.ts';
import { gif, jpeg, pdf, png, webp } from '#test/sample-files.ts';
import { recognise } from './recognise.ts';

const of = async (content: Buffer | string, name = 'x') => await recognise(fakeUpload(content), name);

describe('a file is what its bytes say', () => {
  test.each([
    ['png', png(640, 480), 'image/png'],
    ['gif', gif(640, 480), 'image/gif'],
    ['jpeg', jpeg(640, 480), 'image/jpeg'],
    ['webp, lossy', webp('VP8 ', 640, 480), 'image/webp'],
    ['webp, lossless', webp('VP8L', 640, 480), 'image/webp'],
    ['webp, extended', webp('VP8X', 640, 480), 'image/webp'],
  ])('%s', async (_, content, media_type) => {
    expect(await of(content, 'x.txt')).toEqual({ media_type, size: { width: 640, height: 480 } });
  });

  test('a PDF', async () => {
    expect(await of(pdf(), 'x.png')).toEqual({ media_type: 'application/pdf', size: undefined });
  });

  test.each([
    ['notes.md', '# Заметки', 'text/markdown'],
    ['a.csv', 'a;b\n1;2', 'text/csv'],
    ['a.JSON', '{"a": 1}', 'application/json'],
    ['a.txt', 'hello', 'text/plain'],
    ['no ending', '\ufeffhello', 'text/plain'],
    // What would be run or drawn is text like any other.
    ['a.svg', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', 'text/plain'],
    ['a.html', '<!doctype html><script>alert(1)</script>', 'text/plain'],
    ['image.png', 'not an image at all', 'text/plain'],
  ])('%s', async (name, content, media_type) => {
    expect((await of(content, name)).media_type).toBe(media_type);
  });

  test('text that ends within a character, or has one of control, is none', async () => {
    for (const content of [
      Buffer.from('Привет').subarray(0, 5),
      'a\0b',
      'a\u0008',
      Buffer.from([0xff, 0xfe, 0x61, 0]),
    ])
      await expect(of(content)).rejects.toMatchObject({ kind: 'unsupported_media' });
  });

  test.each([
    ['zip', Buffer.from('504b0304140000000000', 'hex')],
    ['gz', Buffer.from('1f8b0800000000000003', 'hex')],
    ['exe', Buffer.from('4d5a90000300000004000000ffff0000', 'hex')],
    ['random', Buffer.from('8123d7a4099c', 'hex')],
  ])('%s is not taken', async (_, content) => {
    await expect(of(content, 'x.png')).rejects.toMatchObject({ code: 'attachments.media_type' });
  });
});

describe('an image', () => {
  test.each([
    ['png', png(100_000, 100_000)],
    ['png, long', png(20_000, 1)],
    ['jpeg', jpeg(60_000, 60_000)],
    ['gif', gif(65_535, 65_535)],
    ['webp', webp('VP8X', 16_000, 16_000)],
  ])('of absurd size is refused by its header: %s', async (_, content) => {
    await expect(of(content)).rejects.toMatchObject({ code: 'attachments.too_many_pixels', kind: 'invalid' });
  });

  test('without a size is refused', async () => {
    for (const content of [png(0, 10), png(10, 10).subarray(0, 20), jpeg(10, 10).subarray(0, 12)])
      await expect(of(content)).rejects.toMatchObject({ kind: 'invalid' });
  });

  test('has its size behind any other segments of a JPEG', async () => {
    const colours = Buffer.concat([Buffer.from([0xff, 0xe2, 0xff, 0xff]), Buffer.alloc(65_533)]);
    const [start, rest] = [jpeg(30, 20).subarray(0, 2), jpeg(30, 20).subarray(2)];
    const many = Buffer.concat([start, ...Array.from({ length: 20 }, () => colours), rest]);
    expect((await of(many)).size).toEqual({ width: 30, height: 20 });
  });
});
