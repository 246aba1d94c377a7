let stop: (signal: NodeJS.Signals) => void = () => {};
let asked = false;

/** Resolves with the first signal that asks `start` to end. */
export const stopSignal = new Promise<NodeJS.Signals>((resolve) => {
  stop = resolve;
});

/** Whether a signal has come already. */
export function isStopAsked(): boolean {
  return asked;
}

/**
 * Heeds SIGTERM and SIGINT from now on: the first one is a wish to end cleanly, a second one ends the process at once.
 * Called before anything else is loaded, so that there is no moment at which the wish is not understood.
 */
export function listenForStop(): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (asked) process.exit(1);
      asked = true;
      stop(signal);
    });
  }
}
