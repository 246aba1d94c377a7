/** The beginning of an answer's body, and whether there was more. The rest is not fetched. */
export async function readSome(
  response: Response,
  most_bytes: number,
): Promise<{ bytes: Uint8Array; isCut: boolean }> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    pieces.push(piece);
    length += piece.byteLength;
    // Leaving the loop ends the transfer.
    if (length > most_bytes) break;
  }
  return { bytes: Buffer.concat(pieces).subarray(0, most_bytes), isCut: length > most_bytes };
}
