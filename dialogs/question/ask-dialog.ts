/** Waits for the next thing a person says. The question itself is sent by whoever begins this dialog. */
import { Dialog, type DialogContext, type DialogTurnResult } from '../shared/sdk.js';
import { turnOf } from '../shared/turn.js';

export const ASK = 'ask';

/**
 * In place of the SDK's prompts: their number and choice recognisers take seconds on long text, and they do not see
 * card clicks that arrive as invokes.
 */
export class AskDialog extends Dialog {
  constructor() {
    super(ASK);
  }

  override beginDialog(): Promise<DialogTurnResult> {
    return Promise.resolve(Dialog.EndOfTurn);
  }

  override continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    return dc.endDialog(turnOf(dc.context).heard);
  }
}
