/** One reply of the bot as a person sees it: its words, its buttons, and what a press of a button sends. */

export interface Reply {
  readonly id: string;
  readonly text?: string;
  readonly summary?: string;
  readonly attachments?: readonly { readonly content: Record<string, unknown> }[];
  readonly from: { readonly role: string };
}

/** A button that sends something to the bot. */
export interface ReplyButton {
  readonly title: string;
  readonly data: unknown;
}

type Node = Readonly<Record<string, unknown>>;

/** Calls `visit` for every object of the reply's cards, outer objects first. */
function walkCards(reply: Reply, visit: (node: Node) => void): void {
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(walk);
    if (typeof value !== 'object' || value === null) return;
    visit(value as Node);
    Object.values(value).forEach(walk);
  };
  walk(reply.attachments?.map((attachment) => attachment.content));
}

/** Every submit action of a card, at every depth. */
export function buttonsOf(reply: Reply): readonly ReplyButton[] {
  const found: ReplyButton[] = [];
  walkCards(reply, (node) => {
    if (node.type === 'Action.Submit')
      found.push({ title: typeof node.title === 'string' ? node.title : '', data: node.data });
  });
  return found;
}

/** The data that the button with this title sends. Throws when there is no such button. */
export function valueOf(reply: Reply, title: string | RegExp): unknown {
  const buttons = buttonsOf(reply);
  const action = buttons.find((one) =>
    title instanceof RegExp ? title.test(one.title) : one.title === title,
  );
  if (!action)
    throw new Error(`no button ${String(title)} among ${buttons.map((one) => one.title).join(' | ')}`);
  return action.data;
}

/** All text that a person reads on the reply. */
export function textOf(reply: Reply): string {
  const found: string[] = [reply.text ?? ''];
  walkCards(reply, (node) => {
    for (const key of ['text', 'title', 'value', 'label']) {
      const words = node[key];
      if (typeof words === 'string') found.push(words);
    }
  });
  return found.join('\n');
}
