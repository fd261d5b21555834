/**
 * Turns an activity into plain text with links: before Web Chat has loaded, without a connection, and for the
 * transcript.
 */

/**
 * @typedef {{ kind: 'heading' | 'text', text: string } | { kind: 'link', text: string, url: string }} Line
 */

const SCHEMES = /^(https:|mailto:|tel:)/i;

/** The text that Markdown shows: without marks and escapes, links by their name. @param {unknown} text */
export function unmarked(text) {
  return String(text ?? '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|__/g, '')
    .replace(/\\([\\`*_{}[\]()#+\-.!~|<>&])/g, '$1')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (sign) => SIGNS[sign] ?? sign)
    .trim();
}
/** @type {Record<string, string>} */
const SIGNS = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&nbsp;': ' ' };

/**
 * The visible lines of the activity, in order. Leaves out the parts of a card that are hidden at first.
 * @param {any} activity
 * @returns {Line[]}
 */
export function linesOf(activity) {
  /** @type {Line[]} */
  const lines = [];
  const add = (/** @type {'heading' | 'text'} */ kind, /** @type {unknown} */ text) => {
    const plain = unmarked(text);
    if (plain) lines.push({ kind, text: plain });
  };
  /** @param {any} node */
  const walk = (node) => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (typeof node !== 'object' || node === null || node.isVisible === false) return;
    if (node.type === 'TextBlock') add(node.style === 'heading' ? 'heading' : 'text', node.text);
    if (node.type === 'RichTextBlock')
      add('text', node.inlines?.map((/** @type {any} */ one) => one.text ?? one).join(''));
    for (const fact of node.facts ?? []) add('text', `${unmarked(fact.title)}: ${unmarked(fact.value)}`);
    for (const part of ['body', 'items', 'columns', 'selectAction', 'actions']) walk(node[part]);
    if (node.type === 'Action.OpenUrl' && SCHEMES.test(node.url))
      lines.push({ kind: 'link', text: unmarked(node.title) || node.url, url: node.url });
  };
  add('text', activity?.text);
  for (const attachment of activity?.attachments ?? []) walk(attachment.content);
  return lines;
}

/**
 * The lines as elements. Text always becomes text, never markup.
 * @param {readonly Line[]} lines
 */
export function elementsOf(lines) {
  return lines.map((line) => {
    if (line.kind !== 'link') {
      const element = document.createElement(line.kind === 'heading' ? 'h2' : 'p');
      element.textContent = line.text;
      return element;
    }
    const paragraph = document.createElement('p');
    const link = document.createElement('a');
    link.href = line.url;
    link.textContent = line.text;
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
    paragraph.append(link);
    return paragraph;
  });
}
