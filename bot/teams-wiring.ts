/** The channels' route: who may speak, who asks, and one turn for each activity. Part of the wiring. */
import type { DeskServices } from '../dialogs/services.js';
import type { Log } from '../core/ports.js';
import type { Asker } from '../core/terms.js';
import type { AppOptions } from './app.js';
import { answer, type BotParts } from './bot-wiring.js';
import type { HttpServer } from './http/server.js';
import { admissionRules, ISSUERS } from './registration.js';
import type { Gates } from './staff-gate.js';
import { askerOf, type AskerDecision } from './teams/asker.js';
import type { Speaker } from './teams/bot.js';
import { registerMessages } from './teams/messages-route.js';
import type { KeepReference } from './teams/reference-keeper.js';
import { MICROSOFT_SERVICE_HOSTS } from './teams/service-url.js';
import { isLookUp, teamsTurn } from './teams/turn.js';

const SKEW_SEC = 300;

export interface TeamsWiring {
  readonly options: AppOptions;
  readonly server: HttpServer;
  readonly services: DeskServices;
  readonly parts: Pick<BotParts, 'adapter' | 'bot' | 'turns'>;
  readonly gates: Gates;
  /** Takes note of where a person can be written to. */
  readonly keepReference: (activity: Parameters<KeepReference>[0], asker: Asker) => void;
}

/** Registers `/api/messages`. */
export function wireTeams({ options, server, services, parts, keepReference, gates }: TeamsWiring): void {
  const { config, log, now } = options;
  const { adapter, bot, turns } = parts;
  const tenants = () =>
    new Set([...services.profile().tenantIds, ...config.partnerTenants].map((id) => id.toLowerCase()));
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
    authenticate: (activity, header) => adapter.authentication.authenticateRequest(activity, header),
    run: async (result, activity) => {
      const told = askerOf(activity, { partnerTenants: tenants(), local: !config.registration });
      const speaker = await speakerOf(told, activity.from?.aadObjectId, gates, log);
      keepReference(activity, speaker.asker);
      return adapter.processAuthenticated(result, activity, (context) => {
        const work = () => answer(context, speaker, bot);
        const alone = isLookUp(activity) ? () => turns.alone(context, work) : work;
        return teamsTurn(context, (one, run) => turns.ordered(one, run), alone);
      });
    },
  });
}

/** Staff and administrators are looked up anew on every turn: what a card says of either counts for nothing. */
async function speakerOf(
  told: AskerDecision,
  personId: string | undefined,
  gates: Gates,
  log: Log,
): Promise<Speaker> {
  const asker = await gates.staff(told.asker, personId);
  const { admin, reason: adminBecause } = await gates.admins(asker, personId);
  log.debug('turn.asker', { asker, reason: told.reason, admin, adminBecause });
  return { asker, admin, adminUnsure: adminBecause === 'unavailable' };
}
