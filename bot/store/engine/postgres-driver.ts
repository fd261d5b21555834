/** Loads the PostgreSQL driver when it is asked for: an embedded start never pays for it. */
import type pg from 'pg';

export async function loadDriver(): Promise<typeof pg> {
  return (await import('pg')).default;
}
