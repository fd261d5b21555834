/**
 * Reads one JSON object per request. Refuses other content types, compression, and bodies that are too large or too
 * deep.
 */
import restify, { type Next, type Request, type RequestHandler, type Response } from 'restify';
import { DeskError } from '../../core/errors.js';
import type { JsonBodyOptions } from '../runtime/http-kit.js';

const JSON_TYPE = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i;

/** Deeper values are refused: reading or writing them again could exhaust the stack. */
const MAX_DEPTH = 64;

function hasBody(req: Request): boolean {
  return req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
}

function refusal(req: Request, optional: boolean): DeskError | undefined {
  const encoding = req.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') return new DeskError('request.media-type', 'content-encoding is not accepted');
  if (!hasBody(req)) return optional ? undefined : new DeskError('request.malformed', 'a body is required');
  if (JSON_TYPE.test(req.headers['content-type'] ?? '')) return undefined;
  return new DeskError('request.media-type', 'content-type is not application/json');
}

/** The nesting depth of a parsed value, counted without recursion and only up to `limit`. */
export function depthOf(value: unknown, limit: number = MAX_DEPTH + 1): number {
  let level: unknown[] = [value];
  for (let depth = 0; depth < limit; depth++) {
    const objects = level.filter((item): item is object => typeof item === 'object' && item !== null);
    if (objects.length === 0) return depth;
    level = objects.flatMap((item) => Object.values(item) as unknown[]);
  }
  return limit;
}

function isJsonObject(body: unknown): boolean {
  return typeof body === 'object' && body !== null && !Array.isArray(body) && depthOf(body) <= MAX_DEPTH;
}

/** The handlers of a route that accepts JSON; `refuse` answers and ends the chain. */
export function jsonBody(
  options: JsonBodyOptions,
  refuse: (req: Request, res: Response, error: unknown) => void,
): RequestHandler[] {
  const guard = (req: Request, res: Response, next: Next): void => {
    const error = refusal(req, options.optional ?? false);
    if (!error) return void next();
    refuse(req, res, error);
    next(false);
  };
  const shape = (req: Request, res: Response, next: Next): void => {
    const body = req.body as unknown;
    if (options.optional && (body === undefined || body === '')) req.body = {};
    else if (!isJsonObject(body)) {
      refuse(
        req,
        res,
        new DeskError('request.malformed', 'the body is not a JSON object, or it is nested too deeply'),
      );
      return void next(false);
    }
    next();
  };
  // `maxBodySize` belongs to the reader inside the parser; the published types omit it.
  const limits: object = { mapParams: false, maxBodySize: options.limitBytes };
  const parse = restify.plugins.jsonBodyParser(limits);
  return [guard, ...parse, shape];
}
