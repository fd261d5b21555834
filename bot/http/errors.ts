/** Turns every failure of a request into one generic JSON answer, and one log entry with the same reference. */
import type { Request, Response } from 'restify';
import { DeskError, ERRORS, type ErrorCode } from '../../core/errors.js';
import type { Log } from '../../core/ports.js';

export interface ErrorBody {
  readonly error: { readonly code: ErrorCode; readonly message: string; readonly reference: string };
}

const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'request.malformed',
  404: 'request.not-found',
  405: 'request.method',
  413: 'request.too-large',
  415: 'request.media-type',
  429: 'rate.limited',
};

function statusOf(error: unknown): number {
  const status = (error as { statusCode?: unknown } | undefined)?.statusCode;
  return typeof status === 'number' ? status : 500;
}

/**
 * The catalogue's code for any error: our errors keep their code, the framework's errors get a code by status, all
 * others `invariant`.
 */
function codeOf(error: unknown): ErrorCode {
  if (error instanceof DeskError) return error.code;
  const status = statusOf(error);
  return BY_STATUS[status] ?? (status < 500 ? 'request.malformed' : 'invariant');
}

/** The client's message. Never the error's own message, which is for the log. */
function errorBody(error: unknown, reference: string): ErrorBody {
  const code = codeOf(error);
  const message = error instanceof DeskError ? error.remedy : ERRORS[code].remedy;
  return { error: { code, message, reference } };
}

/** Log fields of an error. The framework's messages quote the request (paths, body), so only their code is kept. */
function detail(error: unknown, status: number): Record<string, unknown> {
  if (status >= 500) return { error };
  return error instanceof DeskError ? { message: error.message } : {};
}

/** Answers with the error and writes it to the log; does nothing to a response that has already begun. */
export function sendError(req: Request, res: Response, error: unknown, log: Log, reference: string): void {
  const code = codeOf(error);
  const { status } = ERRORS[code];
  const fields = {
    reference,
    code,
    status,
    method: req.method,
    route: routeOf(req),
    ...detail(error, status),
  };
  if (status >= 500) log.error('http.failed', fields);
  else log.info('http.refused', fields);
  if (res.headersSent) {
    res.destroy();
    return;
  }
  res.setHeader('Content-Type', 'application/json');
  res.send(status, errorBody(error, reference));
}

/** The route's pattern, not the requested path: a path may contain a token or an id. */
export function routeOf(req: Request): string {
  const route = req.getRoute() as { path?: unknown } | undefined;
  return typeof route?.path === 'string' ? route.path : 'none';
}
