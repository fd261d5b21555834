/** Lets a narrow line break a long address on a card only after its signs. */

const SIGNS = /[@./_-]+/g;
/** A run of signs and letters that contains `@` or `://` and does not fit a narrow line. */
const IS_ADDRESS = /^[!-~]{20,}$/;

/**
 * Adds break marks to the addresses of every card, also of later ones. The marks are elements without text, so a copy of
 * the address is the address.
 * @param {HTMLElement} chat element Web Chat is drawn in
 */
export function breakAddresses(chat) {
  const mark = () => {
    for (const run of chat.querySelectorAll('.ac-richTextBlock span:not([data-breaks])')) {
      run.setAttribute('data-breaks', '');
      const [text] = run.childNodes;
      if (run.childNodes.length !== 1 || !(text instanceof Text) || !isAddress(text.data)) continue;
      run.classList.add('address');
      breakText(text);
    }
  };
  new MutationObserver(mark).observe(chat, { childList: true, subtree: true });
}

/** @param {string} text */
const isAddress = (text) => IS_ADDRESS.test(text) && /@|:\/\//.test(text);

/** @param {Text} text */
function breakText(text) {
  const ends = [...text.data.matchAll(SIGNS)].map((sign) => sign.index + sign[0].length);
  for (const end of ends.reverse())
    if (end < text.length) text.splitText(end).before(document.createElement('wbr'));
}
