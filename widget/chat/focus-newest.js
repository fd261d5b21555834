/** Moves the keyboard and the screen reader to the newest card after a press on a card's button. */

const LOOK_MS = 50;
const LOOKS = 40;
/** By then Web Chat has scrolled to the new card. */
const SCROLLED_MS = 300;

/**
 * A visitor who writes stays in the input box. The button that was pressed disappears with its card, so the focus has
 * to go to the card that answers the press.
 * @param {HTMLElement} chat element Web Chat is drawn in
 * @returns {() => void} call it when a new card arrives
 */
export function focusNewest(chat) {
  const cards = () => [...chat.querySelectorAll('.ac-adaptiveCard')];
  let pressed = false;
  const isOnCard = (/** @type {Event} */ { target }) =>
    target instanceof Element && target.closest('.ac-adaptiveCard') !== null;
  // The renderer of cards ends the bubbling of a press, so the listeners catch it before.
  chat.addEventListener('click', (event) => (pressed = isOnCard(event)), true);
  // A choice that is no button element gets no click from the keyboard.
  chat.addEventListener('keydown', (event) => (pressed = event.key === 'Enter' && isOnCard(event)), true);
  return () => {
    if (!pressed) return;
    pressed = false;
    const before = cards().length;
    let looks = 0;
    const timer = setInterval(() => {
      const shown = cards();
      const card = /** @type {HTMLElement | undefined} */ (shown.at(-1));
      if (++looks > LOOKS) clearInterval(timer);
      if (!card || shown.length <= before) return;
      clearInterval(timer);
      if (!card.hasAttribute('tabindex')) card.tabIndex = -1;
      card.focus({ preventScroll: true });
      // Web Chat scrolls to the end; an answer is read from its beginning.
      setTimeout(() => card.scrollIntoView({ block: 'start' }), SCROLLED_MS);
    }, LOOK_MS);
  };
}
