/** A small catalog for search tests, with similar names as in real catalogs. */
import type { Directory, Offer, Publisher } from '../../../../core/directory/types.js';
import { offerOf } from '../../../helpers/directory-builders.js';

export function offer(id: string, name: string, more: Partial<Offer> = {}): Offer {
  return offerOf({ id, publisherId: id.split('.')[0] ?? id, name, ...more });
}

export function publisher(id: string, name: string, aliases: readonly string[] = []): Publisher {
  return { id, name, aliases, links: {}, contacts: [] };
}

export function directory(
  offers: readonly Offer[],
  publishers: readonly Publisher[] = PUBLISHERS,
  version = 7,
): Directory {
  return {
    version,
    offers: new Map(offers.map((each) => [each.id, each])),
    publishers: new Map(publishers.map((each) => [each.id, each])),
  };
}

export const PUBLISHERS: readonly Publisher[] = [
  publisher('contoso', 'Contoso, Ltd.'),
  publisher('fabrikam', 'Fabrikam, Inc.', ['FBK']),
  publisher('litware', 'Litware GmbH'),
  publisher('tailspin', 'Tailspin Toys'),
  publisher('wingtip', 'Wingtip Toys'),
  publisher('northwind', 'Northwind Traders'),
  publisher('azuresentinel', 'Microsoft Sentinel, Microsoft Corporation'),
];

export const OFFERS: readonly Offer[] = [
  offer('contoso.backup', 'Contoso Backup', { aliases: ['Contoso 備份'] }),
  offer('contoso.backup-azure', 'Contoso Backup for Azure'),
  offer('contoso.crm', 'Contoso CRM'),
  offer('contoso.mail', 'Contoso Mail Archive', {
    plans: [{ id: 'archive-premium', name: 'Premium Archive 500' }],
  }),
  offer('fabrikam.firewall', 'Fabrikam Firewall'),
  offer('fabrikam.crm', 'Fabrikam CRM'),
  offer('fabrikam.ndr', 'Fabrikam Next Door Radar'),
  offer('litware.vault', 'Litware Password Vault', { aliases: ['Litware Vault'] }),
  offer('WA200001234', 'Litware Résumé Screener', { publisherId: 'litware' }),
  offer('pubid.litware|aid.eam|pappid.0a0a', 'Litware Asset Ledger', { publisherId: 'litware' }),
  offer('tailspin.surveys', 'Tailspin Surveys'),
  offer('tailspin.drones', 'TailspinDroneFleet'),
  offer('wingtip.butler', '雲端備份管家', { aliases: ['Cloud Backup Butler'] }),
  offer('northwind.inventory', 'Northwind Inventory'),
  offer('azuresentinel.fabrikam-firewall', 'Fabrikam Firewall Connector for Microsoft Sentinel', {
    supportTier: 'microsoft',
  }),
  offer('azuresentinel.fabrikam-waf', 'Fabrikam WAF for Microsoft Sentinel', { supportTier: 'microsoft' }),
];
