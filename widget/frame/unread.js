/** Counts the answers of staff and the bot's own questions that arrive while the chat is closed, so that the launcher can show the number. */

/** @param {(count: number) => void} tell called when the number changes */
export function unreadAnswers(tell) {
  /** Ids of answers that the visitor has seen. A new connection repeats activities. @type {Set<string>} */
  const read = new Set();
  /** @type {Set<string>} */
  const unread = new Set();
  let isOpen = true;
  return {
    /** @param {any} activity */
    heard(activity) {
      const { id, channelData } = activity;
      const isCounted = channelData?.fromStaff === true || channelData?.isReminder === true;
      if (!isCounted || typeof id !== 'string' || read.has(id)) return;
      if (isOpen) return void read.add(id);
      unread.add(id);
      tell(unread.size);
    },
    opened() {
      isOpen = true;
      for (const id of unread) read.add(id);
      unread.clear();
      tell(0);
    },
    closed() {
      isOpen = false;
    },
  };
}
