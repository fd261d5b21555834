/** The staff's side of a hand-over in Teams: choosing the place, answering in the thread or on the card, taking and closing. */
import { TurnContext } from 'botbuilder-core';
import { HANDOVER_FIELDS } from '../../cards/handover/handover-words.js';
import type { HandoverAction } from '../../cards/kit/action-table.js';
import { handoverNoteCard, type HandoverNote } from '../../cards/handover/handover-note-card.js';
import type { Handover, StaffChannel } from '../../core/handover/types.js';
import { endHandover, takeOver, tellVisitor, type Handled } from '../../core/services/handover/handover.js';
import { commandOf } from '../../locales/commands.js';
import type { HandoverServices } from './handover-services.js';
import { HANDOVER_STEP, staffCard, asksTo } from './handover-view.js';
import { fieldOf, recipientOf } from '../outages/outage-turn.js';
import { renderContext, say } from '../shared/send-card.js';
import { profileFor, type DeskServices } from '../shared/services.js';
import { respond } from '../shared/side-response.js';
import { hasFile, turnOf, type Turn } from '../shared/turn.js';

export type StaffAction = Extract<
  HandoverAction,
  { verb: 'handover-take' | 'handover-reply' | 'handover-close' }
>;

const THREAD = ';messageid=';

export class StaffTalk {
  private readonly turn: Turn;

  constructor(
    private readonly context: TurnContext,
    private readonly services: DeskServices,
    private readonly handover: HandoverServices,
  ) {
    this.turn = turnOf(context);
  }

  /** True when the turn was about the place for hand-overs, or a message under a card. */
  async hear(): Promise<boolean> {
    const { input, asker } = this.turn;
    const text = input.kind === 'text' ? (input.whole ?? input.text) : '';
    if (asker === 'partner' && asksTo('here', text)) return this.choose(true);
    if (asker === 'partner' && asksTo('off', text)) return this.choose(false);
    const under = input.kind === 'click' || input.kind === 'bad-click' ? undefined : await this.cardAbove();
    if (!under || commandOf(text)?.command === 'help') return false;
    await this.under(under, text);
    return true;
  }

  async click(action: StaffAction): Promise<void> {
    if (this.turn.asker !== 'partner') return this.note('staff-only');
    const { handoverDeps } = this.handover;
    const before = await handoverDeps.store.byId(action.handoverId);
    if (!before || before.status === 'forgotten') return this.note('gone');
    await this.remember();
    const done = await this.act(action, before);
    const now = (await handoverDeps.store.byId(action.handoverId)) ?? before;
    // All readers get the new card. The person who clicked sees it at once when the client can show it.
    if (this.context.activity.type === 'invoke') {
      const why = done.kind === 'refused' ? done.why : undefined;
      const problem = why === 'empty' || why === 'taken' ? why : undefined;
      await respond(this.context, await this.card(now, problem));
    } else if (done.kind === 'refused') await this.refused(done.why);
  }

  private act(action: StaffAction, { id }: Handover): Promise<Handled> {
    const { handoverDeps } = this.handover;
    const actor = this.actor();
    switch (action.verb) {
      case 'handover-take':
        return takeOver(handoverDeps, id, actor);
      case 'handover-close':
        return endHandover(handoverDeps, id, actor);
      case 'handover-reply':
        return tellVisitor(
          handoverDeps,
          id,
          fieldOf(this.context, HANDOVER_FIELDS.reply, REPLY_LIMIT),
          actor,
        );
    }
  }

  /** A message in the thread of a card. */
  private async under({ id }: Handover, text: string): Promise<void> {
    if (this.turn.asker !== 'partner') return this.note('staff-only');
    if (text === '') return this.note(hasFile(this.context.activity) ? 'files' : 'empty');
    await this.remember();
    const { handoverDeps } = this.handover;
    const actor = this.actor();
    const done = asksTo('take', text)
      ? await takeOver(handoverDeps, id, actor)
      : asksTo('close', text)
        ? await endHandover(handoverDeps, id, actor)
        : await tellVisitor(handoverDeps, id, text, actor);
    if (done.kind === 'refused') await this.refused(done.why);
    else if (hasFile(this.context.activity)) await this.note('files');
  }

  private refused(why: Extract<Handled, { kind: 'refused' }>['why']): Promise<void> {
    if (why === 'closed') return this.note('over');
    return this.note(why === 'empty' ? 'empty' : 'taken');
  }

  /** The hand-over of this thread; in a group chat, of the quoted card. */
  private cardAbove(): Promise<Handover | undefined> {
    const { id = '' } = this.context.activity.conversation;
    const [place = '', root] = id.split(THREAD);
    const card = this.turn.scope === 'group' ? quoted(this.context) : root;
    const isThere = this.turn.scope !== 'personal' && card !== undefined && card !== '';
    return isThere ? this.handover.handoverDeps.store.byCard(place, card) : Promise.resolve(undefined);
  }

  private async choose(here: boolean): Promise<boolean> {
    if (!this.turn.admin) await this.note('admin-only');
    else if (here && this.turn.scope === 'personal') await this.note('not-here');
    else {
      await this.handover.choose(here ? this.thisChannel() : undefined, this.context.activity.from.id);
      this.services.log.info('handover.place', { chosen: here, kind: this.turn.scope });
      await this.note(here ? 'chosen' : 'unchosen');
    }
    return true;
  }

  private thisChannel(): StaffChannel {
    const { address, tenantId, language, zone } = recipientOf(this.context);
    const {
      user: _user,
      activityId: _id,
      ...reference
    } = TurnContext.getConversationReference(this.context.activity);
    const kind = this.turn.scope === 'channel' ? 'channel' : 'group';
    return { ...address, tenantId, language, zone, kind, reference };
  }

  private async card(handover: Handover, problem?: 'empty' | 'taken') {
    const { language, zone } = recipientOf(this.context);
    const kind = this.turn.scope === 'channel' ? 'channel' : 'group';
    return staffCard(handover, { kind, language, zone }, this.services, this.handover, problem);
  }

  private async note(note: HandoverNote): Promise<void> {
    const data = { note, partnerName: profileFor(this.services, this.turn.language).name };
    const card = handoverNoteCard(data, renderContext(this.turn, this.services, HANDOVER_STEP));
    await (this.context.activity.type === 'invoke' ? respond(this.context, card) : say(this.context, card));
  }

  private remember(): Promise<void> {
    const { id, name } = this.context.activity.from;
    return this.handover.people.remember(id, name ?? '');
  }

  private actor() {
    const { id, from, conversation } = this.context.activity;
    return { by: from.id, key: `staff|${conversation.id}|${id ?? this.handover.handoverDeps.newId()}` };
  }
}

/** Longest answer taken from the card's field. */
const REPLY_LIMIT = 2000;

/** The message to which a group chat's message replies: by its reference, or by the quote that Teams adds. */
function quoted({ activity }: TurnContext): string | undefined {
  if (activity.replyToId) return activity.replyToId;
  const attachments: readonly unknown[] = Array.isArray(activity.attachments) ? activity.attachments : [];
  const quote = attachments.find(
    (one) => (one as { contentType?: unknown } | null)?.contentType === 'messageReference',
  ) as { content?: unknown } | undefined;
  try {
    const content: unknown = typeof quote?.content === 'string' ? JSON.parse(quote.content) : quote?.content;
    const id = (content as { messageId?: unknown } | undefined)?.messageId;
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}
