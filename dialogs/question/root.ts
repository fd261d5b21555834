/** One turn of the conversation: commands and buttons first, then the question in progress, else a new question. */
import type { TurnContext } from 'botbuilder-core';
import { DialogSet, type DialogContext } from '../shared/sdk.js';
import type { NoticeData, NotHelpedData, SpeechNews } from '../../cards/kit/card-data.js';
import { traitsOf, type CardAction } from '../../cards/kit/action-table.js';
import { helpCard, languageCard, speechCard, welcomeCard } from '../../cards/choices/greeting-cards.js';
import { notHelpedCard } from '../../cards/answer/not-helped-card.js';
import { moveCard } from '../../cards/choices/fact-cards.js';
import { severalQuestionsCard } from '../../cards/choices/issue-cards.js';
import { noticeCard } from '../../cards/kit/notice-card.js';
import { whyCard } from '../../cards/answer/answer-card.js';
import { commandOf, isYesOrNo, languageNamed, type Command } from '../../locales/commands.js';
import { partnerNames } from '../../core/directory/own-language.js';
import { answerCustomer, chooseCustomer, type CustomerTold } from '../partner-center/partner-center.js';
import { languagesOf } from '../../core/directory/profile.js';
import type { Language } from '../../core/terms.js';
import { closedAnswer } from './closed-answer.js';
import { managerOfSpeaker, withPresence } from '../shared/colleagues.js';
import { clickedCard, setOutcome } from '../shared/side-response.js';
import { guideOf, whoReads } from './guide-data.js';
import { beginsAsCustomer, beginSeveral, greetCustomer, hearFirst, takeOwned } from './start.js';
import { answerFor, isComplete } from './facts.js';
import { RouteMemory, type Memory } from '../shared/memory.js';
import { reduce } from './reduce.js';
import { ROUTE_QUESTION, RouteQuestionDialog } from './route-question-dialog.js';
import { fill, restart, stepId, type RouteState } from './route-state.js';
import { renderContext, say } from '../shared/send-card.js';
import { directoryFor, type DeskServices } from '../shared/services.js';
import { answerAside } from '../shared/side-talks.js';
import { outagesInLanguage } from '../outages/outage-turn.js';
import { countEvent, didNotHelp } from '../insights/counting.js';
import { askedBy, keepMissing, recordMissing } from './step-dialog.js';
import { inLanguage, setTurn, turnOf } from '../shared/turn.js';
import { understandIssue, understandOffer } from './understand.js';
import { deskNote } from './desk-note.js';
import { readInSlices, severalSaid, understandingContext } from './understanding-context.js';
import { numberSaid } from './pick.js';
import { learnFrom, notHelpedLesson, recordLessons, type SaidWords } from './lessons.js';
import { buttonSaid, talkSaid } from './spoken.js';
import { corrects } from './turn-words.js';
import { feedbackOf } from '../../core/understanding/feedback.js';
import { namesParty } from '../../core/understanding/party-named.js';
import { handoverNoteCard } from '../../cards/handover/handover-note-card.js';
import type { OneQuestion } from '../../core/services/answers/several-questions.js';
import type { SmallTalk } from '../../core/understanding/small-talk.js';

export class Root {
  private readonly dialogs: DialogSet;
  private readonly question: RouteQuestionDialog;
  private readonly route: RouteMemory;

  constructor(
    private readonly services: DeskServices,
    private readonly memory: Memory,
  ) {
    this.route = new RouteMemory(memory.route, services.newReference, () => this.question.getVersion());
    this.question = new RouteQuestionDialog(services, this.route);
    this.dialogs = new DialogSet(memory.dialog).add(this.question);
  }

  /** Greets a person; the question that matters first is on the card itself. */
  async welcome(context: TurnContext): Promise<void> {
    await this.dialogs.createContext(context).then((dc) => dc.cancelAllDialogs());
    if (beginsAsCustomer(turnOf(context))) return greetCustomer(context, this.services, this.route);
    const id = await this.route.nextStep(context);
    await say(
      context,
      welcomeCard(guideOf(this.services, context), renderContext(turnOf(context), this.services, id)),
    );
  }

  /** Handles every turn. Always replies. */
  async onTurn(context: TurnContext): Promise<void> {
    if (await answerAside(context, this.services, this.route)) return;
    const dc = await this.dialogs.createContext(context);
    const interrupted = await this.restartAfterDeploy(dc);
    const { input } = turnOf(context);
    switch (input.kind) {
      case 'click':
        return this.onClick(dc, input.action, input.step);
      case 'text':
        if (input.cut) await this.sayCard(dc, (ctx) => noticeCard({ kind: 'too-long' }, ctx));
        return this.onText(dc, input.text, interrupted);
      case 'bad-click':
        return this.refuse(dc, input.why === 'forged' ? 'forged' : 'stale');
      case 'attachment':
        return this.notice(dc, { kind: 'attachments' });
      case 'empty':
        return this.notice(dc, { kind: 'empty' });
    }
  }

  private async onClick(dc: DialogContext, action: CardAction, step: string): Promise<void> {
    const state = await this.route.get(dc.context);
    const { context } = dc;
    const { timeless } = traitsOf(action);
    if (step !== stepId(state) && !timeless) return this.refuse(dc, this.whyOld(context, state, step));
    const card = clickedCard(state, context.activity.replyToId, timeless);
    setOutcome(context, { kind: 'accepted', action, card, before: state });
    const next = this.reduced(state, action);
    if (!next) return this.onCommandClick(dc, action);
    await this.learn(context, state, takeOwned(state, next, turnOf(context).owned));
    await this.begin(dc);
  }

  /** In a group every person has a separate question, with cards under a separate name. */
  private whyOld(context: TurnContext, state: RouteState, step: string): 'stale' | 'foreign' {
    const own = step.startsWith(`${state.nonce}.`);
    return own || turnOf(context).scope === 'personal' ? 'stale' : 'foreign';
  }

  private async refuse(dc: DialogContext, why: 'stale' | 'forged' | 'foreign'): Promise<void> {
    setOutcome(dc.context, { kind: 'refused', why });
    return this.notice(dc, { kind: why });
  }

  private async onCommandClick(dc: DialogContext, action: CardAction): Promise<void> {
    switch (action.verb) {
      case 'language':
        return action.language ? this.chooseLanguage(dc, action.language) : this.askLanguage(dc);
      case 'cancel':
        return this.cancel(dc);
      case 'not-helped':
        return this.notHelped(dc);
      case 'request-offer':
        return this.requestOffer(dc);
      case 'why':
        return this.why(dc);
      case 'choose-customer':
        return this.afterCustomer(dc, chooseCustomer(dc.context, this.services, this.route, action.place));
      case 'show-answer':
        return this.sayCard(dc, (ctx) => closedAnswer(action, this.services, turnOf(dc.context), ctx));
      default:
        return this.help(dc);
    }
  }

  private async onText(dc: DialogContext, text: string, interrupted: boolean): Promise<void> {
    const command = commandOf(text);
    if (command) return this.onCommand(dc, command.command);
    const language = languageNamed(text, languagesOf(this.services.profile()));
    if (language) return this.chooseLanguage(dc, language);
    const told = await answerCustomer(dc.context, this.services, this.route, text);
    if (told) return this.afterCustomer(dc, told);
    const { speechNews } = turnOf(dc.context);
    if (speechNews) await this.tellSpeech(dc, speechNews);
    const talk = talkSaid(text, turnOf(dc.context).language, dc.activeDialog !== undefined);
    if (talk) return this.onSmallTalk(dc, talk, text);
    const state = await this.route.get(dc.context);
    const feedback = feedbackOf(text);
    if (!dc.activeDialog && isYesOrNo(text) && !feedback) return this.onYesOrNo(dc, state);
    const button = buttonSaid(text, state);
    if (button) return this.onButtonSaid(dc, button);
    if (feedback === 'wrong-contact' && state.answered) return this.notHelped(dc, { wrongContact: true });
    if (feedback === 'not-helped') return this.notice(dc, { kind: 'insult' });
    if (state.answered && namesParty(text, ...partnerNames(this.services.profile()))) return this.why(dc);
    const several = await severalSaid(state, text, this.services, turnOf(dc.context));
    if (several.length > 1) await this.answerSeveral(dc, several);
    else if (dc.activeDialog) await dc.continueDialog();
    else await (interrupted ? this.resume(dc, text) : this.newQuestion(dc, text));
    await this.route.heard(dc.context, text);
  }

  private async afterCustomer(dc: DialogContext, told: CustomerTold | Promise<CustomerTold>): Promise<void> {
    if ((await told) === 'asks' || dc.activeDialog) await this.begin(dc);
  }

  /** No question with yes or no is open: after an answer that is the end, and else the bot says what it asks. */
  private async onYesOrNo(dc: DialogContext, state: RouteState): Promise<void> {
    if (state.answered) return this.notice(dc, { kind: 'agreed' });
    await this.begin(dc);
  }

  private reduced(state: RouteState, action: CardAction): RouteState | undefined {
    return reduce(state, action, this.services.view().directory, this.services.asked?.times);
  }

  private async onButtonSaid(dc: DialogContext, action: CardAction): Promise<void> {
    const state = await this.route.get(dc.context);
    const next = this.reduced(state, action);
    if (!next) return this.onCommandClick(dc, action);
    await this.learn(dc.context, state, next);
    await this.begin(dc);
  }

  /** Stores the state, and what the person taught with this step. */
  private async learn(context: TurnContext, before: RouteState, next: RouteState, said?: SaidWords) {
    const { state, lessons } = learnFrom(before, next, said);
    await this.route.set(context, state);
    await recordLessons(this.services, context, lessons);
  }

  /** A short friendly reply; the open question stays. */
  private async onSmallTalk(dc: DialogContext, talk: SmallTalk, text: string): Promise<void> {
    switch (talk) {
      case 'person':
        return this.sendToDesk(dc, text);
      case 'what-can-you-do':
        return this.help(dc);
      case 'greeting':
        return dc.activeDialog ? this.notice(dc, { kind: 'greeting' }) : this.welcome(dc.context);
      default:
        return this.notice(dc, { kind: talk });
    }
  }

  /** For a chat without access to a person: how to reach the desk that is responsible for the issue. */
  private async sendToDesk(dc: DialogContext, text: string): Promise<void> {
    await this.route.heard(dc.context, text);
    const state = await this.route.get(dc.context);
    const data = await deskNote(text, state, this.services, turnOf(dc.context));
    await this.sayCard(dc, (ctx) => handoverNoteCard(data, ctx));
    if (dc.activeDialog) await this.begin(dc);
  }

  private async onCommand(dc: DialogContext, command: Command): Promise<void> {
    const state = await this.route.get(dc.context);
    switch (command) {
      case 'help':
        return this.help(dc);
      case 'cancel':
        return this.cancel(dc);
      case 'language':
        return this.askLanguage(dc);
      case 'why':
        return this.why(dc);
      case 'restart':
        await this.route.set(dc.context, restart(state));
        return this.begin(dc);
      case 'back': {
        const next = this.reduced(state, { verb: 'back' });
        if (!next || next === state) return this.notice(dc, { kind: 'nothing-to-go-back' });
        await this.route.set(dc.context, next);
        return this.begin(dc);
      }
    }
  }

  /** A new question. */
  private async newQuestion(dc: DialogContext, text: string): Promise<void> {
    const { context } = dc;
    const turn = turnOf(context);
    const known = understandingContext(this.services, turn);
    const before = await this.route.get(context);
    const hasList = before.answered ? before.listed !== undefined : before.offerView !== undefined;
    if (numberSaid(text) !== undefined && !hasList) return this.notice(dc, { kind: 'not-numbered' });
    const understood = await readInSlices(known, (view) => hearFirst(before, text, view, turn));
    const { chosen } = understood;
    const said = { text: this.services.redact(text), chosen, corrects: before.answered && corrects(text) };
    await this.learn(context, before, understood.state, said);
    await recordMissing(this.services, understood, text, context);
    await this.begin(dc, text);
  }

  /** Lists the questions of one text, then answers the first; the others follow automatically. */
  private async answerSeveral(dc: DialogContext, questions: readonly OneQuestion[]): Promise<void> {
    const { context } = dc;
    const first = beginSeveral(await this.route.get(context), questions, turnOf(context));
    await this.route.set(context, first);
    const { offers } = directoryFor(this.services, turnOf(context).language);
    const named = questions.map(({ issue, offerId = first.offerId ?? '' }) => ({
      issue,
      offerName: offers.get(offerId)?.name,
    }));
    await this.sayCard(dc, (ctx) => severalQuestionsCard({ questions: named }, ctx));
    await this.begin(dc);
  }

  /** The answer to a question that was open when a new version of the product started. */
  private async resume(dc: DialogContext, text: string): Promise<void> {
    const { context } = dc;
    const state = await this.route.get(context);
    const known = understandingContext(this.services, turnOf(context));
    const read =
      state.offerId === undefined ? understandOffer : state.issue === undefined ? understandIssue : undefined;
    if (read) {
      const { state: next } = await readInSlices(known, (view) => read(state, text, view));
      await this.route.set(context, next);
    }
    await this.begin(dc);
  }

  /**
   * The bot asks nothing back in a channel. The person who asked continues in the personal chat and finds the sentence
   * there.
   */
  private async moveToPersonal(dc: DialogContext, asked: string): Promise<void> {
    await dc.cancelAllDialogs();
    await this.sayCard(dc, (ctx) => moveCard({ asked }, ctx));
  }

  /** Starts the waterfall from the top, which skips known facts and asks for the rest. */
  private async begin(dc: DialogContext, asked = ''): Promise<void> {
    await dc.cancelAllDialogs();
    const turn = turnOf(dc.context);
    const state = await this.route.get(dc.context);
    if (turn.scope === 'channel' && !isComplete(state, this.services, turn))
      return this.moveToPersonal(dc, asked);
    await dc.beginDialog(ROUTE_QUESTION);
  }

  /** Sends one message, then asks the open question again, so that the conversation can continue. */
  private async notice(dc: DialogContext, data: NoticeData): Promise<void> {
    await this.sayCard(dc, (ctx) => noticeCard(data, ctx));
    if (dc.activeDialog) await this.begin(dc);
  }

  private async help(dc: DialogContext): Promise<void> {
    await this.sayCard(dc, (ctx) =>
      helpCard({ ...guideOf(this.services, dc.context), ...whoReads(dc.context) }, ctx),
    );
    if (dc.activeDialog) await this.begin(dc);
  }

  private async cancel(dc: DialogContext): Promise<void> {
    const kind = dc.activeDialog ? 'cancelled' : 'nothing-to-cancel';
    await dc.cancelAllDialogs();
    await this.route.set(dc.context, restart(await this.route.get(dc.context)));
    await this.route.closed(dc.context);
    await this.sayCard(dc, (ctx) => noticeCard({ kind }, ctx));
  }

  private async askLanguage(dc: DialogContext, refused?: Language): Promise<void> {
    await this.sayCard(dc, (ctx) => languageCard(refused ? { refused } : {}, ctx));
  }

  private async chooseLanguage(dc: DialogContext, language: Language): Promise<void> {
    if (!languagesOf(this.services.profile()).includes(language)) return this.askLanguage(dc, language);
    const { context } = dc;
    if (turnOf(context).scope === 'channel') await this.memory.channelLanguage.set(context, language);
    else await this.memory.person.set(context, { ...(await this.memory.person.get(context, {})), language });
    setTurn(dc.context, inLanguage(turnOf(dc.context), language));
    await outagesInLanguage(context, this.services);
    await this.notice(dc, { kind: 'language-set' });
  }

  private async tellSpeech(dc: DialogContext, news: SpeechNews): Promise<void> {
    if (news.kind === 'heard') await outagesInLanguage(dc.context, this.services);
    await this.sayCard(dc, (ctx) => speechCard(news, ctx));
  }

  private async notHelped(dc: DialogContext, said: Pick<NotHelpedData, 'wrongContact'> = {}): Promise<void> {
    const state = await this.route.get(dc.context);
    if (!state.answered || !state.issue) return this.notice(dc, { kind: 'stale' });
    await recordLessons(this.services, dc.context, notHelpedLesson(state));
    const { state: noted, event } = didNotHelp(state);
    await this.route.set(dc.context, noted);
    if (event) await countEvent(this.services, dc.context, event, state);
    const turn = turnOf(dc.context);
    const [answer, manager] = await Promise.all([
      withPresence(answerFor(state, this.services, turn), this.services, turn),
      managerOfSpeaker(this.services, dc.context),
    ]);
    const step = await this.route.nextStep(dc.context);
    const card = notHelpedCard({ answer, manager, ...said }, renderContext(turn, this.services, step));
    await say(dc.context, card);
    this.services.log.info('route.not-helped', { rule: answer.decision.ruleId, issue: answer.facts.issue });
  }

  /** Rule and source of the last answer; before there is one, help. */
  private async why(dc: DialogContext): Promise<void> {
    const state = await this.route.get(dc.context);
    if (!state.answered || !state.issue) return this.help(dc);
    const answer = answerFor(state, this.services, turnOf(dc.context));
    await this.sayCard(dc, (ctx) => whyCard({ answer }, ctx));
  }

  private async requestOffer(dc: DialogContext): Promise<void> {
    const state = await this.route.get(dc.context);
    const asked = state.offerView?.kind === 'none' ? state.offerView.asked : '';
    await keepMissing(this.services, { state, missing: 'offer' }, asked, askedBy(dc.context));
    await this.sayCard(dc, (ctx) => noticeCard({ kind: 'request-recorded' }, ctx));
    await this.route.set(dc.context, fill(state, 'offer', { offerId: null }));
    await this.begin(dc);
  }

  /** A card outside the question has the present step, so that the open question's buttons still work. */
  private async sayCard(
    dc: DialogContext,
    view: (ctx: ReturnType<typeof renderContext>) => Parameters<typeof say>[1],
  ): Promise<void> {
    const id = stepId(await this.route.get(dc.context));
    await say(dc.context, view(renderContext(turnOf(dc.context), this.services, id)));
  }

  /**
   * A dialog begun under another version of the product starts again from the answers already given.
   * True when a question was open.
   */
  private async restartAfterDeploy(dc: DialogContext): Promise<boolean> {
    const state = await this.route.get(dc.context);
    const flow = this.question.getVersion();
    if (state.flow === flow) return false;
    const open = dc.activeDialog !== undefined;
    await dc.cancelAllDialogs();
    await this.route.set(dc.context, { ...state, flow });
    return open;
  }
}
