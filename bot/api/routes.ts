/** The routes for other systems: each call names its client by a key. */
import type { Request, RequestHandler, Response } from 'restify';
import { DeskError } from '../../core/errors.js';
import type { ApiKey, ApiScope } from '../../core/services/api/api-keys.js';
import type { HttpKit } from '../runtime/http-kit.js';
import { requireScope, type Access } from './access.js';
import { OfferQuery, OutageQuery, RouteAsked, WrongContact } from './api.js';
import type { ApiDesk } from './desk.js';
import { readRequest } from './read-request.js';

/** Four bytes for each character of the longest text, and room for the other fields. */
const BODY_BYTES = 48 * 1024;

interface ApiDeps {
  readonly access: Access;
  readonly desk: ApiDesk;
}

/** What a call gives, and its outcome for the log. */
interface Done {
  readonly body: object;
  readonly outcome: string;
}

/** Registers `POST /api/route`, `GET /api/offers`, `GET /api/outages` and `POST /api/contact-reports`. */
export function registerApi(kit: HttpKit, { access, desk }: ApiDeps): void {
  const call = (scope: ApiScope, act: (req: Request, key: ApiKey) => Promise<Done>): RequestHandler =>
    kit.handle(async (req: Request, res: Response) => {
      const key = await access.admit(req, res);
      const { body, outcome } = await audited(access, key, scope, () => act(req, key));
      access.audit(key, scope, outcome);
      res.send(200, body);
    });
  const json = kit.json({ limitBytes: BODY_BYTES });
  kit.server.post(
    '/api/route',
    ...json,
    call('route', async (req, key) => {
      const { body, card } = await desk.route(readRequest(RouteAsked, req.body as object), key);
      return { body: { ...body, ...(card && { card }) }, outcome: body.result };
    }),
  );
  kit.server.get(
    '/api/offers',
    call('offers', async (req) => done(await desk.offers(readRequest(OfferQuery, queryOf(req))))),
  );
  kit.server.get(
    '/api/outages',
    call('outages', async (req, key) =>
      done(await desk.outages(readRequest(OutageQuery, queryOf(req)), key)),
    ),
  );
  kit.server.post(
    '/api/contact-reports',
    ...json,
    call('reports', async (req, key) => {
      const body = await desk.report(readRequest(WrongContact, req.body as object), key);
      return { body, outcome: body.outcome };
    }),
  );
}

/** Runs the act of a call. A refused or failed call leaves a line of the log too. */
async function audited<T>(access: Access, key: ApiKey, scope: ApiScope, act: () => Promise<T>): Promise<T> {
  try {
    requireScope(key, scope);
    return await act();
  } catch (error) {
    access.audit(key, scope, error instanceof DeskError ? error.code : 'failed');
    throw error;
  }
}

const done = (body: object): Done => ({ body, outcome: 'answered' });

function queryOf(req: Request): Readonly<Record<string, string>> {
  return Object.fromEntries(new URL(req.url ?? '/', 'http://localhost').searchParams);
}
