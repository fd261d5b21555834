/** Holds what the features of the server share: settings, stores, and the services of the chat. */
import type { Limiter } from '../../core/incident/rate.js';
import type { StaffChannel } from '../../core/handover/types.js';
import type { Clock, Log } from '../../core/ports.js';
import type { CaseServices } from '../../dialogs/cases/case-services.js';
import type { HandoverServices } from '../../dialogs/handover/handover-services.js';
import type { OutageServices } from '../../dialogs/outages/outage-turn.js';
import type { ReportServices } from '../../dialogs/reports/report-services.js';
import type { DeskServices } from '../../dialogs/shared/services.js';
import type { DoorOutput } from '../door/door-server.js';
import type { DoorRequest } from '../door/door-file.js';
import type { People } from '../graph/people.js';
import type { HttpServer } from '../http/server.js';
import type { Spans } from '../runtime/spans.js';
import type { Turns } from '../runtime/turn-log.js';
import type { WakeSignal } from '../runtime/wake-signal.js';
import type { Stores } from '../store/stores.js';
import type { DeskAdapter } from '../teams/adapter.js';
import type { OfferDeskBot } from '../teams/bot.js';
import type { ConnectorFor } from '../teams/proactive-connectors.js';
import type { MarkSample } from '../teams/sample-mark.js';
import type { PartnerCenter } from '../../core/partner-center/types.js';
import type { SdkArguments, Web } from '../web/web-channel.js';
import type { Config } from './config.js';
import type { LiveDirectory } from './live-directory.js';
import type { Live } from './live-values.js';
import type { Gates } from './people.js';
import type { Settling } from './report-worker.js';

/** Decisions of the process before anything is opened. */
export interface AppSettings {
  readonly config: Config;
  /** The environment that the settings came from. The doctor names unknown settings in it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly rootDir: string;
  readonly log: Log;
  readonly now: Clock;
  /** The source of keys and tokens outside the public cloud. */
  readonly sdk?: SdkArguments;
  /** Replaces the sign-in to Microsoft Graph. */
  readonly graphToken?: () => Promise<string | undefined>;
  /** Replaces Partner Center. */
  readonly partnerCenter?: PartnerCenter;
  /** Replaces Microsoft Graph. */
  readonly people?: People;
  /** Milliseconds until a channel's request is answered, even if its turn has not ended. */
  readonly answerWithinMs?: number;
  /** Runs a command that arrives at the operators' door; without it no door is opened. */
  readonly doorCommand?: DoorCommand;
}

/** Runs one command and gives its exit code. @throws DeskError `door.refused` for an unknown command */
export type DoorCommand = (
  asked: DoorRequest,
  given: Pick<AppContext, 'stores' | 'config' | 'now' | 'log'> & { readonly signal: AbortSignal },
  out: DoorOutput,
) => Promise<number>;

/** The services of the dialogs, with the needs of their workers. */
export interface AppServices extends DeskServices {
  readonly outages: OutageServices;
  readonly reports: ReportServices & {
    /** Wakes the worker that tells administrators and reporters. */
    readonly wake: WakeSignal;
    readonly settling: Settling;
  };
  readonly cases: CaseServices & {
    /** Wakes the worker that asks what became of cases. */
    readonly signal: WakeSignal;
  };
  readonly handover: HandoverServices & {
    /** Wakes the worker that sends to both sides. */
    readonly wake: WakeSignal;
    readonly staffChannel: Live<StaffChannel | undefined>;
  };
}

/** The bot with its adapter and the web channel. */
export interface BotParts {
  readonly adapter: DeskAdapter;
  readonly bot: OfferDeskBot;
  readonly web: Web;
  readonly turns: Turns;
}

/** How messages that do not answer a turn reach a channel. */
export interface Outward {
  readonly connectorFor: ConnectorFor;
  readonly mayAnswerTo: (serviceUrl: string) => boolean;
  /** Marks cards as sample data, in local mode only. */
  readonly mark: MarkSample;
  /** The platform's limits for everything that the bot sends. */
  readonly limiter: Limiter;
}

/** All parts that are open while the server runs. A feature names the members that it uses. */
export interface AppContext extends AppSettings, BotParts {
  readonly spans: Spans;
  readonly stores: Stores;
  readonly directory: LiveDirectory;
  readonly services: AppServices;
  readonly gates: Gates;
  readonly outward: Outward;
  readonly server: HttpServer;
}
