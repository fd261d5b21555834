/** `POST /api/messages`: the route for Teams and for every other Azure Bot Service channel. */
import type { Activity, InvokeResponse } from 'botbuilder';
import type { AuthenticateRequestResult } from 'botframework-connector';
import type { Request, Response } from 'restify';
import { DeskError } from '../../core/errors.js';
import type { Clock, Log } from '../../core/ports.js';
import type { HttpKit } from '../runtime/http-kit.js';
import { admit, type AdmissionRules } from './admission.js';
import {
  ANSWER_WITHIN_MS,
  AUTHENTICATE_WITHIN_MS,
  inTime,
  RunningTurns,
  keepLate,
  type LateTurns,
} from './deadline.js';
import { parseIncoming } from './incoming.js';
import { type TokenRules, checkToken, mayAnswerTo } from './pre-check.js';

const BODY_LIMIT = 256 * 1024;

interface MessagesDeps {
  /** Absent in local mode: requests are not authenticated, and only this machine gets answers. */
  readonly tokenRules?: TokenRules;
  readonly serviceHosts: readonly string[];
  readonly authenticate: (activity: Activity, authorization: string) => Promise<AuthenticateRequestResult>;
  /** False while the server of the channel's keys cannot be reached. */
  readonly keyServerAnswers: () => Promise<boolean>;
  readonly run: (
    result: AuthenticateRequestResult,
    activity: Activity,
  ) => Promise<InvokeResponse | undefined>;
  readonly now: Clock;
  readonly log: Log;
  /** Read again for each activity, because the partner's tenants may change. */
  readonly admission: () => AdmissionRules;
  /** Milliseconds until a request is answered, even if its turn still runs. */
  readonly answerWithinMs?: number;
  /** Stores an activity from its acknowledgement until its turn ends. */
  readonly late: LateTurns;
  /** Milliseconds that running turns get when the server stops. */
  readonly drainMs: number;
}

/** Registers the route. */
export function registerMessages(kit: HttpKit, deps: MessagesDeps): void {
  const turns = new RunningTurns(deps.log);
  kit.onClose(() => turns.drain(deps.drainMs));
  kit.server.post(
    '/api/messages',
    ...kit.json({ limitBytes: BODY_LIMIT }),
    kit.handle(async (req, res) => {
      const since = performance.now();
      const { result, activity } = await accept(req, deps);
      const left = (deps.answerWithinMs ?? ANSWER_WITHIN_MS) - (performance.now() - since);
      const turn = deps.run(result, activity);
      const outcome = await turns.waitFor(turn, Math.max(0, left));
      if (!outcome) return acknowledge(res, activity, turn, deps);
      const response = outcome.value;
      if (response?.body === undefined) res.send(response?.status ?? 200);
      else res.send(response.status, response.body);
    }),
  );
}

/**
 * The turn continues. The server acknowledges a message. A click needs its answer now, so the client may send it again.
 */
async function acknowledge(
  res: Response,
  activity: Activity,
  turn: Promise<unknown>,
  { late, log }: MessagesDeps,
): Promise<void> {
  if (String(activity.type) === 'invoke')
    throw new DeskError('turn.late', 'the invoke was not answered in time');
  await keepLate(activity, turn, late, log);
  res.send(200);
}

async function accept(req: Request, deps: MessagesDeps) {
  const authorization = req.headers.authorization;
  if (deps.tokenRules) {
    const check = checkToken(authorization, deps.tokenRules, deps.now() / 1000);
    if (check.kind === 'refused') throw refusal(check.reason);
  }
  const parsed = parseIncoming(req.body);
  if (parsed.kind === 'bad')
    throw new DeskError('request.malformed', `the activity has a wrong field: ${parsed.where}`);
  const { activity } = parsed;
  if (!mayAnswerTo(activity.serviceUrl, deps.serviceHosts, !deps.tokenRules)) {
    throw new DeskError('auth.forbidden', 'the bot may not send to this service URL');
  }
  const result = await authenticated(activity, authorization, deps);
  const admission = admit(activity, deps.admission());
  if (admission.kind === 'refused') {
    throw new DeskError('auth.forbidden', `the bot does not serve this ${admission.reason}`);
  }
  return { result, activity };
}

async function authenticated(activity: Activity, authorization: string | undefined, deps: MessagesDeps) {
  try {
    return await inTime(AUTHENTICATE_WITHIN_MS, deps.authenticate(activity, authorization ?? ''));
  } catch (cause) {
    if (cause instanceof DeskError && cause.code === 'auth.unavailable') throw cause;
    const isUnknownKey = cause instanceof Error && cause.message === UNKNOWN_KEY;
    if (isOutage(cause) || (isUnknownKey && !(await deps.keyServerAnswers())))
      throw new DeskError('auth.unavailable', 'the key server cannot be reached', { cause });
    throw new DeskError('auth.refused', 'the token was refused', { cause });
  }
}

/** The SDK's message for a key that is not among the keys it has read. The key may be new. */
const UNKNOWN_KEY = 'Signing Key could not be retrieved.';

/**
 * If the key server is unreachable, the token is neither valid nor invalid, so the channel should send the activity
 * again.
 */
function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { statusCode, type } = error as { statusCode?: unknown; type?: unknown };
  return type === 'system' || (statusCode === 500 && error.message.startsWith('Failed to load'));
}

function refusal(reason: string): DeskError {
  return new DeskError(
    reason === 'audience' || reason === 'issuer' ? 'auth.forbidden' : 'auth.refused',
    `token: ${reason}`,
  );
}
