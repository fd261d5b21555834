/** The SDK's adapter, extended so that the product's own routes can run turns; all failed turns end in one handler. */
import {
  CloudAdapter,
  type Activity,
  type ConfigurationBotFrameworkAuthentication,
  type InvokeResponse,
  type TurnContext,
} from 'botbuilder';
import { AuthenticationConstants, type AuthenticateRequestResult } from 'botframework-connector';

type TurnLogic = (context: TurnContext) => Promise<void>;

export class DeskAdapter extends CloudAdapter {
  constructor(
    readonly authentication: ConfigurationBotFrameworkAuthentication,
    onFailure: (context: TurnContext, error: unknown) => Promise<void>,
  ) {
    super(authentication);
    this.onTurnError = onFailure;
  }

  /** Runs one authenticated activity. Returns the invoke response if the activity was an invoke. */
  processAuthenticated(
    result: AuthenticateRequestResult,
    activity: Activity,
    logic: TurnLogic,
  ): Promise<InvokeResponse | undefined> {
    return this.processActivity(result, activity, logic);
  }

  /** Runs an activity that this or another process authenticated and accepted earlier. */
  processAccepted(appId: string, activity: Activity, logic: TurnLogic): Promise<void> {
    return this.processProactive(
      this.createClaimsIdentity(appId),
      activity,
      AuthenticationConstants.ToChannelFromBotOAuthScope,
      logic,
    );
  }
}
