/** The channels' route: who may speak, who asks, and one turn for each activity. Part of the wiring. */
import type { DeskServices } from '../../dialogs/shared/services.js';
import type { Clock, Log } from '../../core/ports.js';
import type { Asker } from '../../core/terms.js';
import type { AppOptions } from './app.js';
import { answer, type BotParts } from './bot.js';
import type { HttpServer } from '../http/server.js';
import { startRecovery } from '../runtime/recovery.js';
import { admissionRules, ISSUERS } from './registration.js';
import type { Gates } from './gates.js';
import type { Stores } from '../store/stores.js';
import type { ActivityKey } from '../store/conversations/turn-store.js';
import { parseIncoming, type Accepted } from '../teams/incoming.js';
import { askerOf, type AskerDecision } from '../teams/admission.js';
import type { AskerRole } from '../teams/bot.js';
import type { LateTurns } from '../teams/late-turns.js';
import { registerMessages } from '../teams/messages-route.js';
import type { KeepReference } from '../teams/reference-keeper.js';
import { MICROSOFT_SERVICE_HOSTS } from '../teams/pre-check.js';
import { isLookUp, teamsTurn } from '../teams/turn.js';

const SKEW_SEC = 300;

export interface TeamsWiring {
  readonly options: AppOptions;
  readonly server: HttpServer;
  readonly stores: Pick<Stores, 'lateTurns'>;
  readonly services: DeskServices;
  readonly parts: Pick<BotParts, 'adapter' | 'bot' | 'turns'>;
  readonly gates: Gates;
  /** Takes note of where a person can be written to. */
  readonly keepReference: (activity: Parameters<KeepReference>[0], asker: Asker) => void;
}

/** Registers `/api/messages`. */
export function wireTeams({
  options,
  server,
  stores,
  services,
  parts,
  keepReference,
  gates,
}: TeamsWiring): void {
  const { config, log, now } = options;
  const tenants = () =>
    new Set([...services.profile().tenantIds, ...config.partnerTenants].map((id) => id.toLowerCase()));
  const speaker = (activity: Accepted) => {
    const told = askerOf(activity, { partnerTenants: tenants(), local: !config.registration });
    return speakerOf(told, activity.from?.aadObjectId, gates, log);
  };
  registerMessages(server, {
    tokenRules: config.registration && {
      appId: config.registration.appId,
      issuers: ISSUERS,
      skewSec: SKEW_SEC,
    },
    now,
    serviceHosts: [...MICROSOFT_SERVICE_HOSTS, ...config.serviceHosts],
    log,
    drainMs: config.stopMs,
    answerWithinMs: options.answerWithinMs,
    admission: () => admissionRules(config, tenants()),
    authenticate: (activity, header) => parts.adapter.authentication.authenticateRequest(activity, header),
    late: lateTurns(stores, now),
    run: async (result, activity) => {
      const who = await speaker(activity);
      keepReference(activity, who.asker);
      return turnOf(parts, result, activity, who);
    },
  });
  recoverLate({ options, server, stores, parts }, speaker);
}

function lateTurns({ lateTurns: kept }: TeamsWiring['stores'], now: Clock): LateTurns {
  return {
    keep: (activity) => kept.keep(keyOf(activity), activity, now()),
    done: (activity) => kept.done(keyOf(activity)),
  };
}

type Told = Parameters<BotParts['adapter']['processAuthenticated']>[0];

/** One turn: look-ups at once, everything else in its conversation's order. */
function turnOf(
  { adapter, bot, turns }: TeamsWiring['parts'],
  told: Told,
  activity: Accepted,
  who: AskerRole,
) {
  return adapter.processAuthenticated(told, activity, (context) => {
    const work = () => answer(context, who, bot);
    const alone = isLookUp(activity) ? () => turns.alone(context, work) : work;
    return teamsTurn(context, (one, run) => turns.ordered(one, run), alone);
  });
}

/** What was acknowledged and whose process died before its turn had ended is answered by whoever lives. */
function recoverLate(
  { options, server, stores, parts }: Pick<TeamsWiring, 'options' | 'server' | 'stores' | 'parts'>,
  speaker: (activity: Accepted) => Promise<AskerRole>,
): void {
  const { config, log, now } = options;
  const { adapter, bot, turns } = parts;
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
      deliver: (activity) =>
        void again(activity).catch((error: unknown) => log.warn('recovery.failed', { error })),
      now,
      log,
    }),
  );
}

/** As they were kept; what an older version kept and this one cannot read is left to the upkeep. */
function accepted(kept: readonly unknown[]): readonly Accepted[] {
  return kept.flatMap((body) => {
    const parsed = parseIncoming(body);
    return parsed.kind === 'activity' ? [parsed.activity] : [];
  });
}

function keyOf({ channelId, conversation, id = '' }: Accepted): ActivityKey {
  return { channelId, conversationId: conversation.id, activityId: id };
}

/** Staff and administrators are looked up anew on every turn: what a card says of either counts for nothing. */
async function speakerOf(
  told: AskerDecision,
  personId: string | undefined,
  gates: Gates,
  log: Log,
): Promise<AskerRole> {
  const asker = await gates.staff(told.asker, personId);
  const { admin, reason: adminBecause } = await gates.admins(asker, personId);
  log.debug('turn.asker', { asker, reason: told.reason, admin, adminBecause });
  return { asker, admin, adminUnsure: adminBecause === 'unavailable' };
}
