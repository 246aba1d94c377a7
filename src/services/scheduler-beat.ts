/** A busy loop turns a thousand times a second; an idle one once. */
const BEAT_MS = 500;

/**
 * Tells the other processes now and then that the scheduler's loop turns, and whether it has fired something.
 * @param send records it; one at a time
 * @param now milliseconds that never go back
 */
export function createBeat(
  send: (fired: boolean) => Promise<void>,
  now: () => number = () => performance.now(),
): (fired: boolean) => void {
  let sentAt = Number.NEGATIVE_INFINITY;
  let isSending = false;
  let hasFired = false;
  return (fired) => {
    hasFired ||= fired;
    if (isSending || now() - sentAt < BEAT_MS) return;
    isSending = true;
    sentAt = now();
    const telling = hasFired;
    hasFired = false;
    send(telling)
      .catch(() => (hasFired ||= telling))
      .finally(() => (isSending = false));
  };
}
