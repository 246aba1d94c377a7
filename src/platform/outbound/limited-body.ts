/**
 * A body as it comes, piece by piece as it is read, up to a size; whoever reads it never holds more than a piece of it,
 * so what a small packed answer unpacks to is cut off, too.
 *
 * @param failure what reading ends with when the source fails
 * @param excess what it ends with when there is more than `max_bytes`
 */
export function limitedBody(
  source: ReadableStream<Uint8Array<ArrayBuffer>>,
  max_bytes: number,
  { failure, excess }: { failure: (error: unknown) => unknown; excess: () => unknown },
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = source.getReader();
  let read = 0;
  return new ReadableStream(
    {
      pull: async (controller) => {
        let piece;
        try {
          piece = await reader.read();
        } catch (error) {
          controller.error(failure(error));
          return;
        }
        if (piece.done) {
          controller.close();
          return;
        }
        read += piece.value.byteLength;
        if (read <= max_bytes) {
          controller.enqueue(piece.value);
          return;
        }
        controller.error(excess());
        await reader.cancel().catch(() => {});
      },
      cancel: async (reason) => await reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
