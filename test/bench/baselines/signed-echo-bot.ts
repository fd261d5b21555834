/** The baseline of one turn: the SDK's echo bot, with the same signed tokens and connector as the product. */
import { ActivityHandler } from 'botbuilder';
import { serve } from './serve.js';

class EchoBot extends ActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      await context.sendActivity(context.activity.text);
      await next();
    });
  }
}

serve(new EchoBot());
