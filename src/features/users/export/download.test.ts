import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { downloadOf } from './download.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'famulus-download-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

async function download(size: number, idle_ms = 60_000) {
  const path = join(directory, 'export.zip');
  const content = Buffer.alloc(size, 'abcdefg');
  await writeFile(path, content);
  const handle = await open(path);
  const leaving = new AbortController();
  const onEnd = vi.fn<() => void>();
  const hangUp = vi.fn<() => void>();
  const body = downloadOf({ handle, size }, { signal: leaving.signal, idle_ms, hangUp, onEnd });
  const isClosed = () => handle.fd === -1;
  return { body, content, leaving, hangUp, onEnd, isClosed };
}

describe('a download', () => {
  test.each([1, 64 * 1024, 200_000])('of %d bytes is the file, which is closed at its end', async (size) => {
    const { body, content, hangUp, onEnd, isClosed } = await download(size);
    const got = Buffer.from(await new Response(body).arrayBuffer());
    expect(got.equals(content)).toBe(true);
    expect(isClosed()).toBe(true);
    expect(onEnd).toHaveBeenCalledTimes(1);
    expect(hangUp).not.toHaveBeenCalled();
  });

  test('that is cancelled closes the file', async () => {
    const { body, onEnd, isClosed } = await download(200_000);
    const reader = body.getReader();
    await reader.read();
    expect(isClosed()).toBe(false);
    await reader.cancel();
    expect(isClosed()).toBe(true);
    expect(onEnd).toHaveBeenCalledTimes(1);
  });

  test('is broken off with the connection, so that half a file does not look whole', async () => {
    const { body, leaving, hangUp, onEnd, isClosed } = await download(200_000);
    const reader = body.getReader();
    await reader.read();
    leaving.abort();
    expect(hangUp).toHaveBeenCalledTimes(1);
    await vi.waitFor(() => expect(onEnd).toHaveBeenCalledTimes(1));
    expect(isClosed()).toBe(true);
  });

  test('that nobody fetches is given up', async () => {
    const { hangUp, onEnd, isClosed } = await download(200_000, 20);
    await vi.waitFor(() => expect(onEnd).toHaveBeenCalledTimes(1));
    expect(hangUp).toHaveBeenCalledTimes(1);
    expect(isClosed()).toBe(true);
  });
});
