/** `POST /api/messages`: the door of Teams and of every Azure Bot Service channel. */
import type { Activity, InvokeResponse } from 'botbuilder';
import type { AuthenticateRequestResult } from 'botframework-connector';
import type { Request, Response } from 'restify';
import { DeskError } from '../../core/errors.js';
import type { Clock } from '../../core/ports.js';
import type { HttpKit } from '../http-kit.js';
import { parseIncoming } from './incoming.js';
import { checkToken, type TokenRules } from './pre-check.js';
import { mayAnswerTo } from './service-url.js';

const BODY_LIMIT = 256 * 1024;

export interface MessagesDeps {
  /** Absent in local mode: nothing is authenticated, and only this machine is answered. */
  readonly tokenRules?: TokenRules;
  readonly serviceHosts: readonly string[];
  readonly authenticate: (activity: Activity, authorization: string) => Promise<AuthenticateRequestResult>;
  readonly run: (
    result: AuthenticateRequestResult,
    activity: Activity,
  ) => Promise<InvokeResponse | undefined>;
  readonly now: Clock;
}

/** Registers the route. */
export function registerMessages(kit: HttpKit, deps: MessagesDeps): void {
  kit.server.post(
    '/api/messages',
    ...kit.json({ limitBytes: BODY_LIMIT }),
    kit.handle((req, res) => receive(req, res, deps)),
  );
}

async function receive(req: Request, res: Response, deps: MessagesDeps): Promise<void> {
  const authorization = req.headers.authorization;
  if (deps.tokenRules) {
    const check = checkToken(authorization, deps.tokenRules, deps.now() / 1000);
    if (check.kind === 'refused') throw refusal(check.reason);
  }
  const parsed = parseIncoming(req.body);
  if (parsed.kind === 'bad') throw new DeskError('request.malformed', `activity: ${parsed.where}`);
  const { activity } = parsed;
  if (!mayAnswerTo(activity.serviceUrl, deps.serviceHosts, !deps.tokenRules)) {
    throw new DeskError('auth.forbidden', 'the service URL is not one this bot may answer to');
  }
  const result = await authenticated(activity, authorization, deps);
  const response = await deps.run(result, activity);
  if (response?.body === undefined) res.send(response?.status ?? 200);
  else res.send(response.status, response.body);
}

async function authenticated(activity: Activity, authorization: string | undefined, deps: MessagesDeps) {
  try {
    return await deps.authenticate(activity, authorization ?? '');
  } catch (cause) {
    throw new DeskError('auth.refused', 'the token was refused', { cause });
  }
}

function refusal(reason: string): DeskError {
  return new DeskError(
    reason === 'audience' || reason === 'issuer' ? 'auth.forbidden' : 'auth.refused',
    `token: ${reason}`,
  );
}
