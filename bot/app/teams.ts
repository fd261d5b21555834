/** The route of the channels: checks the sender, decides who asks, and runs one turn for each activity. */
import type { Clock } from '../../core/ports.js';
import { answer } from './bot.js';
import type { AppContext } from './context.js';
import { startRecovery } from '../runtime/recovery.js';
import { admissionRules, ISSUERS, serviceHosts } from './registration.js';
import type { Stores } from '../store/stores.js';
import type { ActivityKey } from '../store/conversations/turn-store.js';
import { parseIncoming, type Accepted } from '../teams/incoming.js';
import { askerOf, type AskerDecision } from '../teams/admission.js';
import type { AskerRole } from '../teams/bot.js';
import type { LateTurns } from '../teams/deadline.js';
import { membershipOf } from '../teams/members.js';
import { keyServerCheck } from '../teams/signing-keys-check.js';
import { registerMessages } from '../teams/messages-route.js';
import { referenceKeeper, type KeepReference, type Standing } from '../teams/reference-keeper.js';
import { isLookUp, teamsTurn } from '../teams/turn.js';

const SKEW_SEC = 300;

type TeamsContext = Pick<
  AppContext,
  | 'sdk'
  | 'config'
  | 'server'
  | 'stores'
  | 'services'
  | 'gates'
  | 'adapter'
  | 'bot'
  | 'turns'
  | 'answerWithinMs'
  | 'outward'
  | 'now'
  | 'log'
>;

/** Registers `/api/messages`. */
export function startTeams(context: TeamsContext): void {
  const { config, server, stores, adapter, log, now } = context;
  const tenants = () => partnerTenants(context);
  const { connectorFor } = context.outward;
  const members = membershipOf({ connectorFor, now, log });
  const speaker = async (activity: Accepted) => {
    const rules = { partnerTenants: tenants(), local: !config.registration, membershipOf: members };
    const told = await askerOf(activity, rules);
    return speakerOf(told, activity.from?.aadObjectId, context);
  };
  const keepReference = keeperOf(context);
  registerMessages(server, {
    tokenRules: config.registration && {
      appId: config.registration.appId,
      issuers: ISSUERS,
      skewSec: SKEW_SEC,
    },
    now,
    serviceHosts: serviceHosts(config),
    log,
    drainMs: config.stopMs,
    answerWithinMs: context.answerWithinMs,
    admission: () => admissionRules(config, tenants()),
    authenticate: (activity, header) => adapter.authentication.authenticateRequest(activity, header),
    keyServerAnswers: keyServerCheck(keysAddress(context), now),
    late: lateTurns(stores, now),
    run: async (result, activity) => {
      const who = await speaker(activity);
      keepReference(activity, who.standing);
      return turnOf(context, result, activity, who);
    },
  });
  recoverLate(context, speaker);
}

/** Where the SDK reads the channel's keys, when the settings of another cloud name it. */
function keysAddress({ sdk }: Pick<AppContext, 'sdk'>): string | undefined {
  const { ToBotFromChannelOpenIdMetadataUrl: address } = (sdk?.[0] ?? {}) as Readonly<
    Record<string, unknown>
  >;
  return typeof address === 'string' ? address : undefined;
}

/**
 * Without a profile, the registration's own tenant is the partner's tenant, so that an administrator finds the set-up
 * card.
 */
function partnerTenants({ config, services }: Pick<AppContext, 'config' | 'services'>): ReadonlySet<string> {
  const { partnerTenants: named, registration } = config;
  const own = services.setUp?.() && registration?.tenantId ? [registration.tenantId] : [];
  return new Set([...services.profile().tenantIds, ...named, ...own].map((id) => id.toLowerCase()));
}

/** Stores where staff can be reached. Customers never get outage cards, so their references are not stored. */
function keeperOf({ stores, now, log }: Pick<AppContext, 'stores' | 'now' | 'log'>) {
  const keep = referenceKeeper({ references: stores.references, recipients: stores.outages.recipients, now });
  return (...about: Parameters<KeepReference>): void => {
    keep(...about).catch((error: unknown) => log.warn('outages.reference-not-kept', { error }));
  };
}

function lateTurns({ lateTurns: kept }: Pick<Stores, 'lateTurns'>, now: Clock): LateTurns {
  return {
    keep: (activity) => kept.keep(keyOf(activity), activity, now()),
    done: (activity) => kept.done(keyOf(activity)),
  };
}

type Told = Parameters<TeamsContext['adapter']['processAuthenticated']>[0];

/** Runs one turn: look-ups at once, all other activities in their conversation's order. */
function turnOf({ adapter, bot, turns }: TeamsContext, told: Told, activity: Accepted, who: AskerRole) {
  return adapter.processAuthenticated(told, activity, (context) => {
    const work = () => answer(context, who, bot);
    const alone = isLookUp(activity) ? () => turns.alone(context, work) : work;
    return teamsTurn(context, (one, run) => turns.ordered(one, run), alone);
  });
}

/** Answers acknowledged activities without a finished turn, because their process ended. */
function recoverLate(
  { config, server, stores, adapter, bot, turns, log, now }: TeamsContext,
  speaker: (activity: Accepted) => Promise<AskerRole>,
): void {
  const again = async (activity: Accepted): Promise<void> => {
    const who = await speaker(activity);
    await adapter.processAccepted(config.registration?.appId ?? '', activity, async (context) => {
      await turns.ordered(context, () => answer(context, who, bot), true);
    });
    await stores.lateTurns.done(keyOf(activity));
  };
  server.onClose(
    startRecovery({
      find: async (range) => accepted(await stores.lateTurns.waiting(range)),
      dispatch: (activity) =>
        void again(activity).catch((error: unknown) => log.warn('recovery.failed', { error })),
      now,
      log,
    }),
  );
}

/** The stored activities. Entries of an older version that this version cannot read are left to retention. */
function accepted(kept: readonly unknown[]): readonly Accepted[] {
  return kept.flatMap((body) => {
    const parsed = parseIncoming(body);
    return parsed.kind === 'activity' ? [parsed.activity] : [];
  });
}

function keyOf({ channelId, conversation, id = '' }: Accepted): ActivityKey {
  return { channelId, conversationId: conversation.id, activityId: id };
}

/** Staff and administrators are looked up again on every turn. The bot ignores roles in a card's data. */
async function speakerOf(
  told: AskerDecision,
  personId: string | undefined,
  { gates, log }: Pick<AppContext, 'gates' | 'log'>,
): Promise<AskerRole & { readonly standing: Standing }> {
  const asker = await gates.staff(told.asker, personId);
  const { admin, reason: adminBecause } = await gates.admins(asker, personId);
  log.debug('turn.asker', { asker, reason: told.reason, admin, adminBecause });
  const isGuest = told.reason === 'guest' && personId !== undefined;
  const standing = asker === 'partner' ? 'staff' : isGuest ? 'not-staff' : 'unsure';
  return { asker, admin, adminUnsure: adminBecause === 'unavailable', standing };
}
