/** Wakes a waiting worker: at once when there is work, otherwise after a while. */

export class WakeSignal {
  #woken = false;
  #end: (() => void) | undefined;

  /** Ends the present wait at once, or the next wait. */
  wake(): void {
    this.#woken = true;
    this.#end?.();
  }

  /**
   * Resolves after a wake call since the last wait, or after the given milliseconds. Does not keep the process alive.
   */
  async wait(ms: number): Promise<void> {
    if (!this.#woken) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#end = resolve;
        timer = setTimeout(resolve, ms).unref();
      });
      clearTimeout(timer);
      this.#end = undefined;
    }
    this.#woken = false;
  }
}
