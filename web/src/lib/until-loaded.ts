const AGAIN_MS = 2_000;

/** Loads a part of the app, again and again while that fails: what works beside the page must not take it down. */
export async function untilLoaded<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}
