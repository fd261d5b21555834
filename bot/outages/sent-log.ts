/** Logs the outcome of every sent card, with the incident's id and without names of people. */
import type { Delivery } from '../../core/incident/delivery.js';
import type { SendResult } from '../../core/incident/delivery-outcome.js';
import type { CardSender } from '../../core/incident/ports.js';
import type { Incident } from '../../core/incident/types.js';
import type { Log } from '../../core/ports.js';

/** A sender that writes one log entry for every request. */
export function loggedSender(sender: CardSender, log: Log): CardSender {
  const logged =
    (action: keyof CardSender) =>
    async (delivery: Delivery, incident: Incident): Promise<SendResult> => {
      const result = await sender[action](delivery, incident);
      log.debug('outages.sent', {
        incident: incident.id,
        version: incident.version,
        action,
        code: result.kind === 'answered' ? result.status : result.kind,
        attempt: delivery.attempts + delivery.throttled + 1,
      });
      return result;
    };
  return { create: logged('create'), update: logged('update'), reply: logged('reply') };
}
