/** Opens Partner Center for the dialogs, where it is configured. */
import { randomUUID } from 'node:crypto';
import type { PartnerCenter } from '../../core/partner-center/types.js';
import { openPartnerCenter } from '../partner-center/partner-center.js';
import { outsideFetch } from '../runtime/outside-fetch.js';
import type { AppContext } from './context.js';

/**
 * Undefined without its settings, and in local mode: people have no identity there, so the server cannot know who may
 * read about customers.
 */
export function openPartnerCenterService({
  config,
  partnerCenter,
  now,
  log,
}: Pick<AppContext, 'config' | 'partnerCenter' | 'now' | 'log'>): PartnerCenter | undefined {
  const { partnerCenter: account, registration, privateHosts } = config;
  if (!account || !registration) return undefined;
  const send = outsideFetch(privateHosts);
  return partnerCenter ?? openPartnerCenter({ account, send, now, log, newId: randomUUID });
}
