/** The parser of feeds reads states from markup, titles, prose and times, in the languages of the product. */
import assert from 'node:assert/strict';
import { parseOutage } from '../../../../bot/outages/parsers/registry.js';
import {
  titleState,
  proseState,
  isMaintenanceTitle,
  plainTitle,
} from '../../../../bot/outages/parsers/state-text.js';
import { severityOf, stateOf } from '../../../../bot/outages/parsers/words.js';
import type { OutageEvent } from '../../../../core/incident/types.js';

const NOW = Date.parse('2026-03-10T12:00:00Z');

interface Item {
  readonly guid?: string;
  readonly title: string;
  readonly link?: string;
  readonly at?: string;
  readonly html?: string;
}
const PAGE = 'https://status.contoso.example/';

function rss(...items: readonly Item[]): string {
  const written = items.map(
    ({ guid = 'g1', title, link = PAGE, at = 'Tue, 10 Mar 2026 10:00:00 GMT', html = '' }) =>
      `<item><title><![CDATA[${title}]]></title><link>${link}</link><guid>${guid}</guid><pubDate>${at}</pubDate><description><![CDATA[${html}]]></description></item>`,
  );
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Contoso</title><link>${PAGE}</link>${written.join('')}</channel></rss>`;
}

function read(document: string | Uint8Array, format = 'rss'): readonly OutageEvent[] {
  const result = parseOutage(format, document, { now: NOW });
  assert.ok(result.kind === 'events', JSON.stringify(result));
  return result.events;
}

function only(document: string): OutageEvent {
  const found = read(document);
  assert.equal(found.length, 1);
  return found[0]!;
}

const dated = (day: string, heading: string, text = 'words'): string =>
  `<p><small>${day}</small><br><strong>${heading}</strong> - ${text}</p>`;

describe('the parser of feeds', () => {
  it('marks an item with an unreadable state as unknown and tells the operator', () => {
    const result = parseOutage('rss', rss({ title: 'Exports', html: 'See the page.' }), { now: NOW });
    assert.ok(result.kind === 'events');
    assert.deepEqual(
      result.events.map((e) => e.state),
      ['unknown'],
    );
    assert.deepEqual(result.notes, [
      { kind: 'unread', text: 'The state of 1 of 1 entries could not be read.' },
    ]);
  });

  it('marks a heading in an unknown language as unknown, not as open', () => {
    const html =
      dated('Mar 10, 09:00 UTC', 'Решено', 'Всё работает.') + dated('Mar 10, 08:00 UTC', 'Investigating');
    assert.equal(only(rss({ title: 'Exports', html })).state, 'unknown');
  });

  it('reads the state from a bold label, and the components from a list under a heading', () => {
    const html =
      '<b>Status: Monitoring</b><br/><br/>A fix is out.<br/><br/><b>Affected components</b><ul><li>Exports (Degraded performance)</li><li>Search (Full outage)</li></ul>';
    const event = only(rss({ title: 'Exports are slow', html }));
    assert.deepEqual(
      [event.state, event.severity, event.affected.components],
      ['monitoring', 'critical', ['Exports', 'Search']],
    );
  });

  it('orders updates by time and not by position', () => {
    const html = dated('Mar 10, 08:00 UTC', 'Investigating') + dated('Mar 10, 09:30 UTC', 'Resolved');
    for (const order of [
      html,
      dated('Mar 10, 09:30 UTC', 'Resolved') + dated('Mar 10, 08:00 UTC', 'Investigating'),
    ]) {
      const event = only(rss({ title: 'Exports', html: order }));
      assert.deepEqual([event.state, event.resolvedAt], ['resolved', Date.parse('2026-03-10T09:30:00Z')]);
      assert.equal(event.startedAt, Date.parse('2026-03-10T08:00:00Z'));
    }
  });

  it('reads from labelled lines that an entry is maintenance, the affected components and the start', () => {
    const html =
      '<p><strong>Type:</strong> Maintenance</p><p><strong>Affected Components:</strong> Search, Export</p><p><strong>Start:</strong> 2026-03-12 08:00 UTC</p><p><strong>Status:</strong> Identified</p>';
    const event = only(rss({ title: 'Database work', html }));
    assert.deepEqual(
      [event.state, event.severity, event.affected.components],
      ['scheduled', 'maintenance', ['Search', 'Export']],
    );
    assert.equal(event.startedAt, Date.parse('2026-03-12T08:00:00Z'));
  });

  it('reads maintenance as scheduled before its window, in progress during the window, and then completed', () => {
    const html = (days: string): string => `Work is planned from March ${days} UTC.`;
    const state = (days: string): string =>
      only(rss({ title: 'Scheduled network maintenance', html: html(days) })).state;
    assert.equal(state('12, 5:00 AM to March 13, 8:00 AM'), 'scheduled');
    assert.equal(state('10, 11:00 AM to March 10, 1:00 PM'), 'in-maintenance');
    assert.equal(state('8, 5:00 AM to March 8, 8:00 AM'), 'completed');
  });

  it('takes the end from the prose below a title that only names the trouble, but not against a mark', () => {
    const state = (title: string, html: string): string => only(rss({ title, html })).state;
    assert.equal(state('Booking site is down', 'The issue has been resolved.'), 'resolved');
    assert.equal(state('訂單服務異常', '問題已解決。'), 'resolved');
    assert.equal(state('Booking site is down', 'A fix has been deployed.'), 'monitoring');
    assert.equal(
      state('[Investigating] Booking site', 'An earlier issue has been resolved.'),
      'investigating',
    );
    assert.equal(state('Booking site is down', 'Lifts open at nine.'), 'investigating');
  });

  it('takes no end from prose in which the trouble goes on, but from prose that ends with advice', () => {
    const state = (html: string): string => only(rss({ title: 'Mail delay', html })).state;
    const goingOn = [
      'An earlier delay was resolved yesterday. Today mail is delayed again and we are investigating.',
      'The issue is resolved for most customers. We continue to work on it.',
      'Sign-in has been restored. Some customers still see errors. We are investigating.',
    ];
    for (const html of goingOn) assert.equal(state(html), 'investigating', html);
    const over = [
      'The issue has been resolved. If you still see errors, contact support.',
      'The issue has been resolved. Customers who still see errors should sign in again.',
      'Mail was delayed. The issue has been resolved, and we are investigating the cause.',
      'At nine the issue was not yet resolved. At ten the issue was resolved.',
    ];
    for (const html of over) assert.equal(state(html), 'resolved', html);
  });

  it('makes one incident from items that name the same subject with another state at the end', () => {
    const states = (...titles: readonly string[]) =>
      read(
        rss(
          ...titles.map((title, n) => ({
            guid: `item-${String(n)}`,
            title,
            at: `Tue, 10 Mar 2026 0${String(titles.length - n)}:00:00 GMT`,
            html: `${title}.`,
          })),
        ),
      ).map((event) => [event.sourceId, event.state]);
    assert.deepEqual(states('Booking site recovered', 'Booking site went down'), [['item-1', 'resolved']]);
    assert.deepEqual(states('Mail is slow - Resolved', 'Mail is slow - Monitoring', 'Mail is slow'), [
      ['item-2', 'resolved'],
    ]);
    assert.deepEqual(states('Booking site went down', 'Booking site recovered', 'Booking site went down'), [
      ['item-2', 'investigating'],
    ]);
    assert.deepEqual(
      states('Booking site recovered', 'Mail went down')
        .map(([, state]) => state)
        .sort(),
      ['investigating', 'resolved'],
    );
  });

  it('makes one incident from items with the same guid, and from items with the same title close together', () => {
    const sameGuid = read(
      rss(
        {
          title: 'Order API recovered',
          at: 'Tue, 10 Mar 2026 10:30:00 GMT',
          html: 'Order API is operational again.',
        },
        { title: 'Order API went down', at: 'Tue, 10 Mar 2026 10:00:00 GMT', html: 'Order API is down.' },
      ),
    );
    assert.deepEqual(
      sameGuid.map((e) => [e.state, e.startedAt, e.resolvedAt]),
      [['resolved', Date.parse('2026-03-10T10:00:00Z'), Date.parse('2026-03-10T10:30:00Z')]],
    );
    const perUpdate = read(
      rss(
        {
          guid: 'c',
          title: 'Service is operating normally: [RESOLVED] Mail is late',
          at: 'Tue, 10 Mar 2026 11:00:00 PST',
        },
        { guid: 'b', title: 'Service degradation: Mail is late', at: 'Tue, 10 Mar 2026 09:00:00 PST' },
        { guid: 'a', title: 'Informational message: Mail is late', at: 'Tue, 10 Mar 2026 08:00:00 PST' },
      ),
    );
    assert.deepEqual(
      perUpdate.map((e) => [e.sourceId, e.aliases, e.title, e.state]),
      [['a', ['b', 'c'], 'Mail is late', 'resolved']],
    );
  });

  it('starts a new incident for the same title two days later', () => {
    const found = read(
      rss(
        { guid: 'b', title: 'Service degradation: Mail is late', at: 'Tue, 10 Mar 2026 09:00:00 GMT' },
        { guid: 'a', title: '[RESOLVED] Mail is late', at: 'Sat, 07 Mar 2026 08:00:00 GMT' },
      ),
    );
    assert.deepEqual(
      found.map((e) => [e.sourceId, e.state]),
      [
        ['a', 'resolved'],
        ['b', 'investigating'],
      ],
    );
  });

  it('reads a document in its declared encoding, and says when a document is a web page', () => {
    const latin = rss({ title: 'Störung behoben' }).replace(
      'version="1.0"',
      'version="1.0" encoding="ISO-8859-1"',
    );
    assert.deepEqual(
      read(Buffer.from(latin, 'latin1')).map((e) => [e.title, e.state]),
      [['Störung behoben', 'resolved']],
    );
    const wide = Buffer.from(
      `\ufeff${rss({ title: 'Störung behoben' }).replace('version="1.0"', 'version="1.0" encoding="UTF-16"')}`,
      'utf16le',
    );
    assert.deepEqual(
      read(wide).map((e) => e.title),
      ['Störung behoben'],
    );
    const page = parseOutage('rss', '<!DOCTYPE html><html><body>Status</body></html>');
    assert.ok(page.kind === 'error' && page.reason.includes('web page (HTML)'), JSON.stringify(page));
  });
});

describe('the parsers of states', () => {
  /** For each language: investigating, identified, monitoring, resolved, scheduled, in progress, completed. */
  const LANGUAGES: Readonly<Record<string, readonly string[]>> = {
    en: ['Investigating', 'Identified', 'Monitoring', 'Resolved', 'Scheduled', 'In progress', 'Completed'],
    'zh-Hant': ['調查中', '已確認', '監控中', '已解決', '已排程', '進行中', '已完成'],
    'zh-Hans': ['调查中', '已确认', '监控中', '已解决', '已计划', '进行中', '已完成'],
    ja: ['調査中', '特定済み', '監視中', '解決済み', '予定', 'メンテナンス中', '完了'],
    ko: ['조사 중', '확인됨', '모니터링 중', '해결됨', '예정됨', '진행 중', '완료됨'],
    de: [
      'Wird untersucht',
      'Identifiziert',
      'Überwachung',
      'Gelöst',
      'Geplant',
      'In Bearbeitung',
      'Abgeschlossen',
    ],
    fr: ['Enquête en cours', 'Identifié', 'Surveillance', 'Résolu', 'Planifié', 'En cours', 'Terminé'],
    es: ['Investigando', 'Identificado', 'Monitoreando', 'Resuelto', 'Programado', 'En curso', 'Completado'],
    'pt-BR': [
      'Em investigação',
      'Identificado',
      'Monitorando',
      'Resolvido',
      'Agendado',
      'Em andamento',
      'Concluído',
    ],
    it: [
      'In fase di indagine',
      'Identificato',
      'Monitoraggio',
      'Risolto',
      'Programmato',
      'In corso',
      'Completato',
    ],
    nl: [
      'Wordt onderzocht',
      'Geïdentificeerd',
      'Monitoren',
      'Opgelost',
      'Gepland',
      'In uitvoering',
      'Voltooid',
    ],
    ar: ['قيد التحقيق', 'تم التحديد', 'قيد المراقبة', 'تم الحل', 'مجدولة', 'قيد التنفيذ', 'مكتملة'],
  };
  const STATES = [
    'investigating',
    'identified',
    'monitoring',
    'resolved',
    'scheduled',
    'in-maintenance',
    'completed',
  ];
  for (const [language, words] of Object.entries(LANGUAGES)) {
    it(`read states in ${language}, as a word and as the heading of an update`, () => {
      assert.deepEqual(
        words.map((word) => stateOf(word)),
        STATES,
      );
      const headed = words
        .slice(0, 4)
        .map((word) => only(rss({ title: 'X', html: dated('Mar 10, 09:00 UTC', word) })).state);
      assert.deepEqual(headed, STATES.slice(0, 4));
    });
  }

  const titles: readonly (readonly [string, string | undefined])[] = [
    ['Order API recovered', 'resolved'],
    ['Order API went down', 'investigating'],
    ['[RESOLVED] Sign-in fails', 'resolved'],
    ['Resolved: Sign-in fails', 'resolved'],
    ['Sign-in fails - Monitoring', 'monitoring'],
    ['Sign-in - West Europe - Mitigated (Tracking ID AB1-X2Y)', 'resolved'],
    ['Sign-in - West Europe (Tracking ID AB1-X2Y)', undefined],
    ['New: a search for lift tickets', undefined],
    ['[Notice] Our office moves', undefined],
    ['Mail has been restored', 'resolved'],
    ['Backups cannot be restored', undefined],
    ['Mail is not yet restored', undefined],
    ['Sign up', undefined],
    ['訂單服務已恢復', 'resolved'],
    ['注文サービスが復旧しました', 'resolved'],
    ['주문 서비스 복구 완료', 'resolved'],
  ];
  for (const [title, expected] of titles) {
    it(`read from the title “${title}” ${expected ?? 'nothing of the state'}`, () =>
      assert.equal(titleState(title), expected));
  }

  it('do not read a denied or expected end as an end', () => {
    assert.equal(proseState('Order API is operational again.'), 'resolved');
    assert.equal(proseState('We will write again once the issue has been resolved.'), undefined);
    assert.equal(proseState('We are investigating failed orders.'), 'investigating');
    assert.equal(proseState('Das Problem wurde behoben.'), 'resolved');
    assert.equal(proseState('Das Problem ist noch nicht behoben.'), undefined);
  });

  it('do not read failing scheduled jobs as maintenance', () => {
    assert.equal(isMaintenanceTitle('Scheduled network maintenance'), true);
    assert.equal(isMaintenanceTitle('Geplante Wartung'), true);
    assert.equal(isMaintenanceTitle('Scheduled jobs fail'), false);
    assert.equal(plainTitle('Service degradation: Mail is late'), 'Mail is late');
  });
});

describe('the parser of severities', () => {
  const table: readonly (readonly [string, string | undefined])[] = [
    ['P1', 'critical'], ['p2', 'major'], ['P3', 'minor'], ['P5', 'none'], ['sev0', 'critical'], ['SEV-1', 'critical'], ['Sev2', 'major'],
    ['S1', 'critical'], ['urgent', 'critical'], ['blocker', 'critical'], ['crit', 'critical'], ['Priority 1', 'critical'],
    ['1 - Critical', 'critical'], ['partial_outage', 'major'], ['full_outage', 'critical'], ['warning', 'minor'], ['terrific', undefined],
  ]; // prettier-ignore
  for (const [word, expected] of table)
    it(`reads ${word} as ${expected ?? 'not read'}`, () => assert.equal(severityOf(word), expected));

  it('reads an unreadable severity as unknown, and uses the table of the sender first', () => {
    const own = (words?: { severities: { terrific: 'critical' } }) => {
      const result = parseOutage('own', '{"id":"1","title":"t","state":"open","severity":"terrific"}', {
        ...(words && { words }),
      });
      return result.kind === 'events' ? result.events[0]?.severity : result.code;
    };
    assert.equal(own(), 'unknown');
    assert.equal(own({ severities: { terrific: 'critical' } }), 'critical');
  });
});
