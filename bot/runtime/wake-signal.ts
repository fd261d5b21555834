/** Wakes a worker that waits for something to do: at once when there is something, else after a while. */

export class WakeSignal {
  #woken = false;
  #end: (() => void) | undefined;

  /** Ends the present wait, or the next one, at once. */
  wake(): void {
    this.#woken = true;
    this.#end?.();
  }

  /** Resolves when woken since the last wait, or after so many milliseconds. Does not keep the process alive. */
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
