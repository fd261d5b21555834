/** The line above the chat: one sentence, with buttons where something is to be chosen. */

/**
 * Says it in place of what was said before; nothing takes the line away.
 * @param {string | undefined} sentence
 * @param {[string | undefined, () => void][]} [choices]
 */
export function say(sentence, choices = []) {
  const line = document.createElement('span');
  line.textContent = sentence ?? '';
  const buttons = choices.map(([label, work]) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label ?? '';
    button.addEventListener('click', work);
    return button;
  });
  document.getElementById('notice')?.replaceChildren(...(sentence ? [line] : []), ...buttons);
  buttons[0]?.focus();
}
