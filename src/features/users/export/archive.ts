import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** One file of an archive. */
export interface ArchiveFile {
  name: string;
  content: () => AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
}

/** A zip as it is made. */
export interface Archive {
  /** Resolves when all of the file has been read. */
  add(file: ArchiveFile): Promise<void>;
}

/** Makes a zip of the files that `fill` adds, one after the other and as fast as `write` takes its parts; it is not kept in memory. */
export async function writeArchive(
  fill: (archive: Archive) => Promise<void>,
  write: (part: Buffer) => Promise<void>,
): Promise<void> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  let reading: Readable | undefined;
  const failed = Promise.withResolvers<never>();
  // It is heard of by whoever adds a file then, or at the end.
  failed.promise.catch(() => {});
  const fail = (error: Error) => {
    failed.reject(error);
    output.destroy(error);
  };
  zip.on('error', fail);

  async function add({ name, content }: ArchiveFile): Promise<void> {
    const read = new Promise<void>((resolve) => {
      zip.addReadStreamLazy(name, {}, (callback) => {
        reading = Readable.from(content(), { highWaterMark: 1 }).on('error', fail).once('end', resolve);
        callback(null, reading);
      });
    });
    await Promise.race([read, failed.promise]);
  }

  const written = (async () => {
    for await (const part of output as AsyncIterable<Buffer>) await write(part);
  })().catch((error: unknown) => {
    failed.reject(error);
    throw error;
  });
  written.catch(() => {});
  try {
    await fill({ add });
    zip.end();
    await written;
  } catch (error) {
    output.destroy();
    throw error;
  } finally {
    // When writing has failed, nobody reads on.
    reading?.destroy();
  }
}
