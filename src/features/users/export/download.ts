import { Buffer } from 'node:buffer';
import type { Spool } from './spool.ts';

const CHUNK_BYTES = 64 * 1024;

export interface DownloadOptions {
  /** Aborted when the client is gone or the server stops. */
  signal: AbortSignal;
  /** A client that reads nothing for so long is given up. */
  idle_ms: number;
  /** Drops the connection, so that half a file does not look whole. */
  hangUp: () => void;
  /** Called once, however it ends. */
  onEnd: () => void;
}

/** A spooled export as a body: read as the client reads, closed when it is over, broken off or given up. */
export function downloadOf({ handle, size }: Spool, options: DownloadOptions): ReadableStream<Uint8Array> {
  const { signal, idle_ms, hangUp, onEnd } = options;
  let position = 0;
  let ended = false;
  const end = async () => {
    if (ended) return;
    ended = true;
    clearTimeout(idle);
    signal.removeEventListener('abort', giveUp);
    await handle.close();
    onEnd();
  };
  let controller: ReadableStreamDefaultController<Uint8Array>;
  const giveUp = () => {
    if (ended) return;
    void end();
    hangUp();
    controller.close();
  };
  const idle = setTimeout(giveUp, idle_ms);
  idle.unref();
  signal.addEventListener('abort', giveUp, { once: true });

  return new ReadableStream<Uint8Array>(
    {
      start: (given) => {
        controller = given;
        if (signal.aborted) giveUp();
      },
      pull: async () => {
        idle.refresh();
        const { bytesRead, buffer } = await handle.read(
          Buffer.allocUnsafe(CHUNK_BYTES),
          0,
          CHUNK_BYTES,
          position,
        );
        if (ended) return;
        if (bytesRead === 0) return giveUp();
        position += bytesRead;
        controller.enqueue(buffer.subarray(0, bytesRead));
        if (position < size) return;
        await end();
        controller.close();
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}
