/** The conversation as a text file. It is read from the server, so that it is complete. */
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

/**
 * Fetches the conversation and downloads it as a file.
 * @param {string} domain
 * @param {{ token: string, conversationId: string } | undefined} opened
 * @param {Record<string, string>} strings
 * @param {string} locale
 */
export async function saveTranscript(domain, opened, strings, locale) {
  if (!opened) throw new Error('no conversation');
  const names = { you: strings['transcript.you'] ?? '', desk: document.title, locale };
  const day = new Date().toISOString().slice(0, 10);
  const text = transcriptText(await activitiesOf(domain, opened), names);
  download(text, `${strings['transcript.file'] ?? ''}-${day}.txt`);
}

/** @param {string} text @param {string} name */
function download(text, name) {
  const url = URL.createObjectURL(new Blob(['\uFEFF', text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
