/** The baseline of a dialog: the SDK's usual sample, a waterfall with prompts and state in memory. */
import {
  ActivityHandler,
  ConversationState,
  MemoryStorage,
  UserState,
  type StatePropertyAccessor,
  type TurnContext,
} from 'botbuilder';
import {
  ChoicePrompt,
  ComponentDialog,
  ConfirmPrompt,
  DialogSet,
  DialogTurnStatus,
  TextPrompt,
  WaterfallDialog,
  type DialogState,
  type WaterfallStepContext,
} from 'botbuilder-dialogs';
import { serve } from './serve.js';

interface Profile {
  transport?: string;
  name?: string;
}

/** Asks for a means of transport, a name, and a confirmation. */
class ProfileDialog extends ComponentDialog {
  constructor(private readonly profile: StatePropertyAccessor<Profile>) {
    super('profile');
    this.addDialog(new TextPrompt('name'));
    this.addDialog(new ChoicePrompt('transport'));
    this.addDialog(new ConfirmPrompt('confirm'));
    this.addDialog(
      new WaterfallDialog('steps', [
        (step) =>
          step.prompt('transport', {
            prompt: 'Please enter your mode of transport.',
            retryPrompt: 'Please choose one of the list.',
            choices: ['Car', 'Bus', 'Bicycle'],
          }),
        (step) => this.keep(step, { transport: (step.result as { value: string }).value }, 'name'),
        (step) => this.keep(step, { name: step.result as string }, 'confirm'),
        async (step) => {
          const { transport, name } = await this.profile.get(step.context, {});
          await step.context.sendActivity(`Your mode of transport is ${transport} and your name ${name}.`);
          return step.endDialog();
        },
      ]),
    );
    this.initialDialogId = 'steps';
  }

  private async keep(step: WaterfallStepContext, told: Profile, next: string) {
    const known = await this.profile.get(step.context, {});
    await this.profile.set(step.context, { ...known, ...told });
    return step.prompt(next, next === 'name' ? 'What is your name?' : 'Is this okay?');
  }
}

class WaterfallBot extends ActivityHandler {
  constructor(dialog: ProfileDialog, state: StatePropertyAccessor<DialogState>) {
    super();
    this.onMessage(async (context, next) => {
      const dialogs = new DialogSet(state);
      dialogs.add(dialog);
      const turn = await dialogs.createContext(context);
      const { status } = await turn.continueDialog();
      if (status === DialogTurnStatus.empty) await turn.beginDialog(dialog.id);
      await next();
    });
  }
}

const storage = new MemoryStorage();
const conversation = new ConversationState(storage);
const user = new UserState(storage);
const dialog = new ProfileDialog(user.createProperty<Profile>('profile'));
const save = async (context: TurnContext) => {
  await conversation.saveChanges(context, false);
  await user.saveChanges(context, false);
};
serve(new WaterfallBot(dialog, conversation.createProperty<DialogState>('dialog')), save);
