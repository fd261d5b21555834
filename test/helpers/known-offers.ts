/** A small directory for tests of senders: publishers with names, and their offers. */
import type { Directory, Offer, Publisher } from '../../core/directory/types.js';
import { offerOf, publisherOf } from './directory-builders.js';

/** Two publishers with two offers each. */
export function knownOffers(): Pick<Directory, 'offers' | 'publishers'> {
  const publishers = [publisher('contoso', 'Contoso, Ltd.'), publisher('fabrikam', 'Fabrikam')];
  const offers = [
    offer('contoso.ledger', 'Contoso Ledger'),
    offer('contoso.backup-azure', 'Contoso Backup for Azure'),
    offer('fabrikam.fleet', 'Fabrikam Fleet'),
    offer('fabrikam.crm', 'Fabrikam CRM'),
  ];
  return {
    publishers: new Map(publishers.map((one) => [one.id, one])),
    offers: new Map(offers.map((one) => [one.id, one])),
  };
}

function publisher(id: string, name: string): Publisher {
  return publisherOf({ id, name });
}

function offer(id: string, name: string): Offer {
  const [publisherId = ''] = id.split('.');
  return offerOf({ id, name, publisherId });
}
