/** Past and open incidents as an operator asks for them: those one sender told of. */
import type { Kysely } from 'kysely';
import type { Incident } from '../../../core/incident/types.js';
import type { Schema } from '../engine/schema.js';
import { joinKey } from '../engine/rows.js';

export interface IncidentHistory {
  /** The newest incidents a registered source told of, newest first, up to `limit`. */
  readonly ofSource: (source: string, limit: number) => Promise<readonly Incident[]>;
}

export function incidentHistory(kysely: Kysely<Schema>): IncidentHistory {
  return {
    async ofSource(source, limit) {
      // A source id has small letters, digits and hyphens: nothing in it means something to LIKE.
      const marks = kysely
        .selectFrom('incident_keys')
        .select('incident_id')
        .where('key', 'like', `${joinKey('mark', source, '')}%`);
      const rows = await kysely
        .selectFrom('incidents')
        .select('body')
        .where('id', 'in', marks)
        .orderBy('started_at', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map((row) => JSON.parse(row.body) as Incident);
    },
  };
}
