/** The line above the chat: one sentence, with buttons when the visitor has a choice. */

/**
 * Replaces the former sentence. Without a sentence, the line is removed.
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
