/** Wakes a worker that waits for something to do: at once when there is something, else after a while. */

export class Bell {
  #rung = false;
  #wake: (() => void) | undefined;

  /** Whoever waits, or waits next, goes on at once. */
  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Resolves when rung since the last wait, or after so many milliseconds. Does not keep the process alive. */
  async wait(ms: number): Promise<void> {
    if (!this.#rung) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, ms).unref();
      });
      clearTimeout(timer);
      this.#wake = undefined;
    }
    this.#rung = false;
  }
}
