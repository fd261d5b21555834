/** Instatus webhooks: Statuspage's shape with words in capitals, and maintenances in an object of their own. */
import { fields, isFields } from './fields.js';
import { componentEvent, incidentEvent } from './statuspage.js';
import { events, refuse, type ParseResult } from './types.js';

/** Reads one webhook body (instatus.com/help/webhooks). */
export function parseInstatus(body: unknown): ParseResult {
  if (!isFields(body)) return refuse('wrong-shape', 'The body is not a JSON object.');
  const about = isFields(body.incident) ? body.incident : body.maintenance;
  if (isFields(about)) {
    const event = incidentEvent(about);
    return event ? events([event]) : refuse('missing-field', 'id and name must be there.');
  }
  if (!isFields(body.component_update) && !isFields(body.component)) {
    return refuse('wrong-shape', 'Neither incident, maintenance nor component_update is there.');
  }
  const event = componentEvent(fields(body.component), fields(body.component_update));
  return event ? events([event]) : refuse('missing-field', 'component.id must be there.');
}
