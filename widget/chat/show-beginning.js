/** Shows a long greeting from its beginning: Web Chat itself scrolls to the end. */

const LOOK_MS = 80;
/** After this number of checks without a change, Web Chat has drawn the greeting and scrolled to its end. */
const STILL = 4;
const GIVE_UP = 40;

/**
 * @param {HTMLElement} chat element Web Chat is drawn in
 */
export function showBeginning(chat) {
  let looks = 0;
  let still = 0;
  let last = '';
  const stop = () => clearInterval(timer);
  const timer = setInterval(() => {
    const scrollable = chat.querySelector('.webchat__basic-transcript__scrollable');
    if (!scrollable) return;
    const { scrollTop, scrollHeight, clientHeight } = scrollable;
    const now = `${scrollTop} ${scrollHeight} ${clientHeight}`;
    still = now === last ? still + 1 : 0;
    last = now;
    if (still >= STILL && scrollTop > 0) scrollable.scrollTop = 0;
    if ((still >= STILL && scrollHeight > clientHeight) || ++looks > GIVE_UP) stop();
  }, LOOK_MS);
  // A visitor who scrolls or writes chooses the position: the code then stops.
  for (const event of ['wheel', 'pointerdown', 'keydown']) chat.addEventListener(event, stop, { once: true });
}
