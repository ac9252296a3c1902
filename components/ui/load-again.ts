const TRIES = 4;
const PAUSE_MS = 400;

/**
 * Loads a part of the page, again if that fails. A browser on the engine's own machine drops whatever it is loading when Docker
 * adds or removes a network interface, which is just what a launch does.
 */
export async function loadAgain<T>(load: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await load();
    } catch (error) {
      if (tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * tries));
    }
  }
}
