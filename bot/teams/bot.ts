/** The bot: runs the dialogs for an activity of any channel and saves their state. */
import { isDeepStrictEqual } from 'node:util';
import {
  ActivityTypes,
  TeamsActivityHandler,
  type Activity,
  type BotState,
  type ConversationState,
  type InvokeResponse,
  type PrivateConversationState,
  type StatePropertyAccessor,
  type TurnContext,
  type UserState,
} from 'botbuilder';
import type { Log } from '../../core/ports.js';
import type { Language } from '../../core/terms.js';
import { languagesOf, type SetUp } from '../../core/directory/profile.js';
import { answerSetUp, maySetUp, turnedAway } from '../../dialogs/admin/set-up.js';
import { Root } from '../../dialogs/question/root.js';
import type { DeskServices } from '../../dialogs/shared/services.js';
import { hear, setTurn, turnOf, zoneOf, type Turn } from '../../dialogs/shared/turn.js';
import { hearSpeech, type Speech, type Spoken } from '../../dialogs/shared/speech.js';
import { offeredLanguage } from '../../locales/language.js';
import { textIn } from '../../locales/text.js';
import { answerInvoke, failedInvoke } from './invokes.js';
import { clickResponse, isRefresh, ownView, updateCards } from './card-click.js';
import { messageText } from './message-text.js';
import { scopeOf, privateChatLink } from './scope.js';
import { isLookUp } from './turn.js';

interface BotStates {
  readonly conversation: ConversationState;
  readonly user: UserState;
  /** One person's question in one conversation. In a group each person has a separate question. */
  readonly personal: PrivateConversationState;
  /** What a channel of a team shares among its threads. */
  readonly channel: BotState;
}

/** What the server knows about the sender of an activity. */
export type AskerRole = Pick<Turn, 'asker' | 'admin' | 'adminUnsure'>;

interface BotOptions {
  readonly services: DeskServices;
  readonly states: BotStates;
  readonly defaultLanguage: Language;
  /** The asker, and whether the asker is an administrator. The channel's edge decides both. */
  readonly roleOf: (context: TurnContext) => AskerRole;
  /** The facts that the partner confirmed about the customer of this conversation. */
  readonly vouchedFor: (activity: Partial<Activity>) => Promise<Pick<Turn, 'owned' | 'tenantId' | 'country'>>;
  readonly log: Log;
}

export class OfferDeskBot extends TeamsActivityHandler {
  private readonly root: Root;
  private readonly person: StatePropertyAccessor<Speech>;
  private readonly repliedAt: StatePropertyAccessor<number | undefined>;
  private readonly greeted: StatePropertyAccessor<boolean>;
  private readonly channelLanguage: StatePropertyAccessor<Language | undefined>;

  constructor(private readonly options: BotOptions) {
    super();
    const { states, services } = options;
    this.person = states.user.createProperty<Speech>('person');
    this.repliedAt = states.personal.createProperty<number | undefined>('repliedAt');
    this.greeted = states.conversation.createProperty<boolean>('greeted');
    this.channelLanguage = states.channel.createProperty<Language | undefined>('language');
    this.root = new Root(services, {
      dialog: states.personal.createProperty('dialog'),
      route: states.personal.createProperty('route'),
      person: this.person,
      channelLanguage: this.channelLanguage,
    });
    this.onMessage((context) => this.root.onTurn(context));
    this.onMembersAdded((context) => this.onAdded(context));
    this.onInstallationUpdateAdd((context) => this.onAdded(context));
    this.onInstallationUpdateRemove((context) => this.greeted.set(context, false));
  }

  /** Runs one turn. State is saved only after a successful turn, so that a failed turn can be repeated. */
  override async run(context: TurnContext): Promise<void> {
    await this.listen(context);
    const setUp = this.options.services.setUp?.();
    if (setUp) return this.notSetUp(context, setUp);
    await super.run(context);
    if (!context.responded && !isType(context.activity, ActivityTypes.Invoke)) this.noteSilence(context);
    if (context.activity.channelId === 'msteams')
      await updateCards(context, this.options.services, this.options.log);
    // A look-up changes nothing and may have no conversation, so there is no state to save.
    if (isLookUp(context.activity)) return;
    if (context.responded) await this.repliedAt.set(context, this.options.services.now());
    const { conversation, user, personal, channel } = this.options.states;
    await Promise.all([conversation, user, personal, channel].map((state) => state.saveChanges(context)));
  }

  /** Without a profile the bot gives no answer and remembers nothing of the turn. */
  private async notSetUp(context: TurnContext, setUp: SetUp): Promise<void> {
    const { services } = this.options;
    const { activity } = context;
    if (isType(activity, ActivityTypes.Invoke)) {
      if (activity.name === 'adaptiveCard/action' && maySetUp(context))
        return this.setUpClick(context, setUp);
      const { text } = turnOf(context);
      const told = `${text('set-up.closed.title')}. ${text('notice.reference')} ${turnedAway(services)}`;
      await context.sendActivity({
        type: ActivityTypes.InvokeResponse,
        value: failedInvoke(activity.name, told),
      });
      return;
    }
    const arrival = isType(activity, ActivityTypes.ConversationUpdate) && isArrival(activity);
    if (isType(activity, ActivityTypes.Message) || (arrival && scopeOf(activity) !== 'channel'))
      await answerSetUp(context, services, setUp);
  }

  /** An administrator makes the profile on the set-up card. */
  private async setUpClick(context: TurnContext, setUp: SetUp): Promise<void> {
    const { services, log } = this.options;
    await answerSetUp(context, services, setUp);
    const value = clickResponse(context, services);
    await context.sendActivity({ type: ActivityTypes.InvokeResponse, value });
    await updateCards(context, services, log);
  }

  protected override async onInvokeActivity(context: TurnContext): Promise<InvokeResponse> {
    const { services } = this.options;
    if (context.activity.name !== 'adaptiveCard/action') return this.onOtherInvoke(context);
    const own = ownView(context, services);
    if (own) return own;
    if (!isRefresh(context)) await this.root.onTurn(context);
    return clickResponse(context, services);
  }

  private async onOtherInvoke(context: TurnContext): Promise<InvokeResponse> {
    const { activity } = context;
    const lookUp = { activity, turn: turnOf(context), services: this.options.services };
    const { response, known } = await answerInvoke(activity.name, lookUp);
    if (!known) this.noteSilence(context);
    return response;
  }

  private async listen(context: TurnContext): Promise<void> {
    const { activity } = context;
    if (isType(activity, ActivityTypes.Message)) activity.text = messageText(activity);
    await this.options.services.fresh?.();
    const input = hear(activity, this.options.services.signer);
    const { language, news } = await this.spoken(context, input);
    const role = this.options.roleOf(context);
    const repliedAt = isLookUp(activity) ? undefined : await this.repliedAt.get(context);
    setTurn(context, {
      input,
      ...role,
      ...(await this.options.vouchedFor(activity)),
      language,
      ...(repliedAt !== undefined && { repliedAt }),
      ...(news && { speechNews: news }),
      text: textIn(language, role.asker),
      host: activity.channelId === 'msteams' ? 'teams' : 'web',
      scope: scopeOf(activity),
      zone: zoneOf(activity),
      privateChat: privateChatLink(activity),
    });
  }

  /** The reader's language. What everybody in a channel reads is in the channel's language. */
  private async spoken(context: TurnContext, input: Turn['input']): Promise<Omit<Spoken, 'kept'>> {
    const { activity } = context;
    const offered = languagesOf(this.options.services.profile());
    const before = activity.from?.id ? await this.person.get(context, {}) : {};
    const heard = {
      ...(input.kind === 'text' && { text: input.text }),
      locale: localeOf(activity),
      byPerson: isType(activity, ActivityTypes.Message) || isType(activity, ActivityTypes.Invoke),
      isPage: activity.channelId !== 'msteams',
    };
    const { kept, ...own } = hearSpeech(before, heard, offered, this.options.defaultLanguage);
    if (activity.from?.id && !isDeepStrictEqual(kept, before)) await this.person.set(context, kept);
    if (scopeOf(activity) !== 'channel' || isPrivateView(input)) return own;
    const shared = await this.channelLanguage.get(context);
    if (shared === undefined) await this.channelLanguage.set(context, own.language);
    return { language: offeredLanguage(offered, shared, own.language) };
  }

  /** Greets once for each installation, although several events announce it. Never greets in a channel. */
  private async onAdded(context: TurnContext): Promise<void> {
    if (scopeOf(context.activity) === 'channel' || !isArrival(context.activity)) return;
    if (await this.greeted.get(context, false)) return;
    await this.greeted.set(context, true);
    await this.root.welcome(context);
  }

  /** Some events get no reply (docs/teams-activities.md). The log records that this was intended. */
  private noteSilence(context: TurnContext): void {
    const { type, name, conversation } = context.activity;
    this.options.log.debug('turn.no-reply', { type, name, conversationType: conversation?.conversationType });
  }
}

/** Only the person who clicks sees what this shows. */
function isPrivateView(input: Turn['input']): boolean {
  return input.kind === 'click' && input.action.verb === 'show-answer';
}

/** Teams puts the locale of an invoke into its entities. */
function localeOf({ locale, entities }: Activity): string | undefined {
  if (locale) return locale;
  const client = entities?.find((one) => one?.type === 'clientInfo') as { locale?: unknown } | undefined;
  return typeof client?.locale === 'string' ? client.locale : undefined;
}

/** True when the bot was newly installed, or a person came to a conversation with it. */
function isArrival(activity: Activity): boolean {
  if (isType(activity, ActivityTypes.InstallationUpdate)) return activity.action === 'add';
  const added = activity.membersAdded ?? [];
  return added.some((member) => member.id !== activity.recipient?.id) || activity.channelId === 'msteams';
}

/** The SDK types `type` as an enum or any text; the received JSON has text. */
function isType(activity: Activity, type: ActivityTypes): boolean {
  return String(activity.type) === String(type);
}
