/** The conversation as a text file, read from the server so that it is whole. */
import { linesOf } from './plain.js';

/**
 * @param {string} domain
 * @param {{ token: string, conversationId: string }} opened
 * @returns {Promise<any[]>} the activities, oldest first
 */
export async function activitiesOf(domain, { token, conversationId }) {
  const response = await fetch(`${domain}/conversations/${conversationId}/activities`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!response.ok) throw new Error(`answered ${response.status}`);
  return (await response.json()).activities;
}

/**
 * @param {readonly any[]} activities
 * @param {{ you: string, desk: string, locale: string }} names
 */
export function transcriptText(activities, { you, desk, locale }) {
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const said = activities.filter((one) => one.type === 'message' && linesOf(one).length > 0);
  return said
    .map((one) => {
      const who = one.from?.role === 'user' || one.from?.id?.startsWith('dl_') ? you : desk;
      const lines = linesOf(one).map((line) =>
        line.kind === 'link' ? `${line.text}: ${line.url.replace(/\?.*$/, '')}` : line.text,
      );
      return `[${time.format(new Date(one.timestamp))}] ${who}\n${lines.join('\n')}\n`;
    })
    .join('\n');
}

/** @param {string} text @param {string} name */
export function download(text, name) {
  const url = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
