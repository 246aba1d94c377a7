import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** One file of an archive. `content` is read once, when the files before it have been. */
export interface ArchiveFile {
  name: string;
  content: () => AsyncIterable<string> | Iterable<string>;
}

/** Makes a zip of files, one after the other and as fast as `write` takes its parts; it is not kept in memory. */
export async function writeArchive(
  files: ArchiveFile[],
  write: (part: Buffer) => Promise<void>,
): Promise<void> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  let reading: Readable | undefined;
  const fail = (error: Error) => output.destroy(error);
  zip.on('error', fail);
  for (const { name, content } of files) {
    zip.addReadStreamLazy(name, {}, (callback) => {
      reading = Readable.from(content(), { highWaterMark: 1 }).on('error', fail);
      callback(null, reading);
    });
  }
  zip.end();
  try {
    await pipeline(output, async (parts: AsyncIterable<Buffer>) => {
      for await (const part of parts) await write(part);
    });
  } finally {
    // When writing has failed, nobody reads on.
    reading?.destroy();
  }
}
