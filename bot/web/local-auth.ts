/**
 * Authentication for the embedded channel and real channels: returns the in-process connector for the first, and cached
 * real connectors for the others.
 */
import {
  type Activity,
  type CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type TurnContext,
} from 'botbuilder';
import {
  type AuthenticateRequestResult,
  AuthenticationConstants,
  ClaimsIdentity,
  type ConnectorClient,
  ConnectorFactory,
  type UserTokenClient,
} from 'botframework-connector';
import { DeskError } from '../../core/errors.js';
import { connect } from '../runtime/bounded-calls.js';
import { type Dispatch, type DispatchMeta, LOCAL_SERVICE_URL } from './directline/hub.js';

type Arguments = ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>;

/** Each connector client must build a pipeline, which is costly. A bot uses only a few service URLs. */
const MAX_CACHED = 64;

/** Chooses by the service URL: the embedded channel's own URN, or a real channel. */
class LocalOrReal extends ConnectorFactory {
  constructor(
    private readonly local: ConnectorClient,
    private readonly real: ConnectorFactory,
    private readonly cache: Map<string, Promise<ConnectorClient>>,
    private readonly appId: string,
    private readonly allowed: (serviceUrl: string) => boolean,
  ) {
    super();
  }

  override create(serviceUrl: string, audience: string): Promise<ConnectorClient> {
    if (serviceUrl === LOCAL_SERVICE_URL) return Promise.resolve(this.local);
    const key = `${this.appId}|${serviceUrl}|${audience}`;
    const cached = this.cache.get(key);
    if (cached) return cached;
    const made = connect(serviceUrl, this.allowed, () => this.real.create(serviceUrl, audience));
    this.cache.set(key, made);
    made.catch(() => this.cache.delete(key));
    const oldest = this.cache.keys().next().value;
    if (this.cache.size > MAX_CACHED && oldest !== undefined) this.cache.delete(oldest);
    return made;
  }
}

/**
 * Controls every outgoing path: turn replies, continued conversations and created conversations. Refuses the embedded
 * channel's service URL over HTTP, where any caller could name it.
 */
export class LocalAwareAuthentication extends ConfigurationBotFrameworkAuthentication {
  private readonly cache = new Map<string, Promise<ConnectorClient>>();
  private allowed: (serviceUrl: string) => boolean = () => false;

  constructor(
    private readonly local: ConnectorClient,
    ...options: Arguments
  ) {
    super(...options);
  }

  /** The service URLs for which a client may be made. Before this is set, only the embedded channel's URL. */
  answerOnly(allowed: (serviceUrl: string) => boolean): void {
    this.allowed = allowed;
  }

  override async authenticateRequest(activity: Activity, header: string): Promise<AuthenticateRequestResult> {
    if (isLocalUrl(activity.serviceUrl))
      throw new DeskError('token.invalid', 'the embedded channel is not reachable over HTTP');
    const result = await super.authenticateRequest(activity, header);
    const real = result.connectorFactory;
    return real ? { ...result, connectorFactory: this.factory(real, result.claimsIdentity) } : result;
  }

  override createConnectorFactory(identity: ClaimsIdentity): ConnectorFactory {
    return this.factory(super.createConnectorFactory(identity), identity);
  }

  /** Builds the client only at its first call: a client for each turn costs more than most turns. */
  override createUserTokenClient(identity: ClaimsIdentity): Promise<UserTokenClient> {
    return Promise.resolve(lazily(() => super.createUserTokenClient(identity)));
  }

  /** The data that `processActivityDirect` needs to run a turn of the embedded channel. */
  localRequest(): AuthenticateRequestResult {
    const identity = new ClaimsIdentity([], AuthenticationConstants.AnonymousAuthType);
    return {
      audience: AuthenticationConstants.ToChannelFromBotOAuthScope,
      claimsIdentity: identity,
      connectorFactory: this.createConnectorFactory(identity),
    };
  }

  private factory(real: ConnectorFactory, identity: ClaimsIdentity | undefined): ConnectorFactory {
    const appId = identity?.getClaimValue('aud') ?? '';
    return new LocalOrReal(this.local, real, this.cache, appId, this.allowed);
  }
}

/** Compares URNs without regard to case, and ignores spaces around a URL. */
function isLocalUrl(serviceUrl: unknown): boolean {
  return typeof serviceUrl === 'string' && serviceUrl.trim().toLowerCase().startsWith(LOCAL_SERVICE_URL);
}

function lazily(make: () => Promise<UserTokenClient>): UserTokenClient {
  let made: Promise<UserTokenClient> | undefined;
  const call = async (name: PropertyKey, args: unknown[]): Promise<unknown> => {
    const client = (await (made ??= make())) as unknown as Record<
      PropertyKey,
      (...args: unknown[]) => unknown
    >;
    return client[name]?.(...args);
  };
  return new Proxy({} as UserTokenClient, {
    // A promise would treat any object with `then` as another promise.
    get: (_target, name) => (name === 'then' ? undefined : (...args: unknown[]) => call(name, args)),
  });
}

/** Runs one turn. `meta.audience` comes from the token; a user cannot type it. */
export type WebTurn = (context: TurnContext, meta: DispatchMeta) => Promise<void>;

export function createDispatch(
  adapter: CloudAdapter,
  authentication: LocalAwareAuthentication,
  turn: WebTurn,
): Dispatch {
  return async (activity, meta) => {
    const timestamp = new Date(activity.timestamp ?? 0);
    const incoming = { ...activity, timestamp } as unknown as Activity;
    await adapter.processActivityDirect(authentication.localRequest(), incoming, (context) =>
      turn(context, meta),
    );
  };
}
