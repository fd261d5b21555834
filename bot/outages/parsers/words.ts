/** Maps the words of status pages and monitors to states and severities, in the languages of the product. */
import type { OutageState, Severity } from '../../../core/incident/types.js';
import type { SenderWords } from './types.js';

/** Words of each state, separated by `|`: English, then zh-Hant, zh-Hans, ja, ko, de, fr, es, pt-BR, it, nl, ar. */
const STATE_WORDS: Readonly<Record<OutageState, readonly string[]>> = {
  investigating: [
    'investigating|investigation|under investigation|open|opened|active|activated|firing|down|detected|triggered|reopened|ongoing|new|created|started|alerting|alarm|outage|service outage|service degradation|service disruption|service interruption|performance issues|informational message|increased error rates|increased api error rates|disruption|degraded|unresolved|unavailable|offline|went down|is down|warning|acknowledged|unplanned|problem|reported|retriggered',
    '調查中|正在調查|處理中|服務中斷|服務異常', '调查中|正在调查|处理中|服务中断|服务异常', '調査中|障害発生|障害発生中|対応中|調査しています',
    '조사 중|조사중|장애 발생|장애', 'untersuchung|wird untersucht|in untersuchung|störung|wir untersuchen|untersuchen',
    'en cours d’investigation|investigation en cours|enquête en cours|analyse en cours|en cours d’analyse|enquête|en cours d’examen',
    'investigando|en investigación|bajo investigación|se está investigando', 'em investigação|sob investigação|investigando o problema',
    'indagine|indagine in corso|in fase di indagine|in analisi|in corso di indagine', 'onderzoek|onderzoeken|in onderzoek|wordt onderzocht|storing',
    'قيد التحقيق|جاري التحقيق|جار التحقيق|التحقيق|تحقيق',
  ],
  identified: [
    'identified|confirmed|fixing|mitigating|fix in progress|cause identified|issue identified',
    '已確認|已識別|已辨識|已確定|已找到原因|已查明', '已确认|已识别|已确定|已找到原因|已查明|已定位', '特定済み|特定|原因特定|原因を特定|原因判明|確認済み',
    '확인됨|식별됨|원인 파악|원인 확인|원인 파악됨', 'identifiziert|erkannt|ursache identifiziert|ursache gefunden|festgestellt|ursache erkannt',
    'identifié|identifiée|problème identifié|cause identifiée', 'identificado|identificada|problema identificado|causa identificada', 'causa identificada|problema identificado',
    'identificato|identificata|problema identificato|causa identificata', 'geïdentificeerd|oorzaak gevonden|oorzaak bekend|vastgesteld',
    'تم تحديد المشكلة|تم التحديد|محدد|تم التعرف|تم تحديد السبب',
  ],
  monitoring: [
    'monitoring|watching|recovering|fix implemented|fix deployed|extended recovery|verifying fix',
    '監控中|監測中|觀察中|正在監控|監視中', '监控中|监测中|观察中|正在监控|监视中', '監視中|経過観察中|経過観察|モニタリング中|モニタリング',
    '모니터링|모니터링 중|관찰 중|모니터링중', 'überwachung|wird überwacht|beobachtung|unter beobachtung|überwachen|wird beobachtet', 'surveillance|en surveillance|sous surveillance|surveillance en cours|en observation',
    'monitoreando|supervisando|en observación|monitorización|monitoreo|supervisión|bajo supervisión|en seguimiento', 'monitorando|monitoramento|em monitoramento|em observação|monitorizando|em monitorização',
    'monitoraggio|in monitoraggio|monitoraggio in corso|in osservazione', 'bewaken|monitoren|wordt gemonitord|bewaking|wordt bewaakt|in observatie', 'مراقبة|المراقبة|قيد المراقبة|جاري المراقبة',
  ],
  resolved: [
    'resolved|postmortem|post incident review|closed|fixed|up|is up|rca|recovered|has recovered|restored|service restored|operational|operational again|solved|ended|mitigated|ok|back to normal|back online|back up|service is operating normally|operating normally|healthy|all clear|false positive|false alarm',
    '已解決|已恢復|已修復|恢復正常|已恢復正常|事後分析|問題已解決', '已解决|已恢复|已修复|恢复正常|已恢复正常|事后分析|问题已解决', '解決済み|解決|解決済|復旧|復旧済み|復旧済|解消|解消済み|復旧しました|解決しました|解消しました|事後分析|正常に復旧',
    '해결됨|해결|복구|복구됨|복구 완료|해결 완료|해결되었습니다|복구되었습니다|정상화|해결 됨|사후 분석', 'gelöst|behoben|wiederhergestellt|erledigt|störung behoben|nachbetrachtung|problem behoben',
    'résolu|résolue|résolus|rétabli|rétablie|corrigé|corrigée|incident résolu|problème résolu|service rétabli', 'resuelto|resuelta|solucionado|solucionada|restablecido|restaurado|recuperado|problema resuelto|incidente resuelto',
    'resolvido|resolvida|restabelecido|restabelecida|restaurada|normalizado|corrigido|problema resolvido', 'risolto|risolta|ripristinato|ripristinata|problema risolto|servizio ripristinato', 'opgelost|hersteld|verholpen|storing verholpen|probleem opgelost',
    'تم الحل|تم حلها|تم حله|تم حل المشكلة|محلولة|محلول|تم الإصلاح|تمت الاستعادة|تمت استعادة الخدمة',
  ],
  scheduled: [
    'scheduled|planned|upcoming|not started yet|not started|maintenance scheduled|announced|scheduled maintenance|planned maintenance|notice',
    '已排程|已排定|預定|已預定|計劃中|已安排|預定維護|排定維護', '计划中|已计划|预定|已预定|预定维护|计划维护|已安排', '予定|予定済み|計画済み|計画中|スケジュール済み|予定されています|計画メンテナンス|メンテナンス予定',
    '예정|예정됨|예약됨|계획됨|점검 예정|예정된 유지보수', 'geplant|angekündigt|vorgesehen|geplante wartung', 'planifié|planifiée|prévu|prévue|programmé|programmée|maintenance planifiée|maintenance programmée',
    'programado|programada|planificado|planificada|previsto|prevista|mantenimiento programado', 'agendado|agendada|planejado|planejada|manutenção programada|manutenção agendada',
    'programmato|programmata|pianificato|pianificata|manutenzione programmata|manutenzione pianificata', 'gepland|ingepland|gepland onderhoud', 'مجدول|مجدولة|تمت الجدولة|مخطط|مخطط لها|صيانة مجدولة',
  ],
  'in-maintenance': [
    'in progress|in maintenance|under maintenance|verifying|maintenance|maintenance in progress|maintenance started',
    '進行中|維護中|驗證中|正在維護', '进行中|维护中|验证中|正在维护', '進行中|メンテナンス中|実施中|作業中|検証中', '진행 중|점검 중|유지보수 중|진행중|검증 중|확인 중',
    'in bearbeitung|wird durchgeführt|läuft|wartung läuft|in arbeit|verifizierung|wird verifiziert|wird überprüft|in wartung', 'en cours|maintenance en cours|vérification|en cours de vérification|en maintenance',
    'en curso|en progreso|en mantenimiento|en proceso|verificando', 'em andamento|em manutenção|em curso|em progresso', 'in corso|in manutenzione|verifica|in verifica', 'in uitvoering|bezig|in onderhoud|wordt geverifieerd|verifiëren',
    'قيد التنفيذ|قيد الصيانة|جار التنفيذ|جاري التنفيذ|التحقق|قيد التقدم',
  ],
  completed: [
    'completed|complete|cancelled|canceled|finished|done|maintenance completed',
    '已完成|完成|已取消|已結束', '已结束|维护完成', '完了|完了済み|終了|作業完了|完了しました|終了しました|キャンセル', '완료|완료됨|종료|종료됨|취소됨', 'abgeschlossen|fertig|beendet|abgesagt|fertiggestellt|wartung abgeschlossen',
    'terminé|terminée|achevé|achevée|complété|annulé|annulée|finalisé', 'completado|completada|finalizado|finalizada|terminado|terminada|concluido|cancelado|cancelada', 'concluído|concluída|completo|encerrado|encerrada',
    'completato|completata|terminato|terminata|concluso|conclusa|annullato|annullata', 'voltooid|afgerond|geannuleerd|beëindigd|klaar', 'اكتمل|اكتملت|مكتمل|مكتملة|تم الانتهاء|تم الإلغاء|انتهى|انتهت',
  ],
  unknown: ['unknown'],
}; // prettier-ignore

const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  unknown: '',
  none: 'none|operational|info|informational|information|debug|verbose|p5|sev5|s5|trivial|ok|available',
  maintenance: 'maintenance|under maintenance',
  minor:
    'minor|degraded performance|minor outage|warning|warn|low|medium|moderate|degraded|notice|p3|p4|sev3|sev4|s3|s4|sev-3|sev-4|average|normal|slow|ticket|not classified|performance issues',
  major:
    'major|partial outage|high|error|p2|sev2|s2|sev-2|important|severe|serious|disruption|service disruption|downtime|down',
  critical:
    'critical|crit|major outage|full outage|fatal|page|emergency|emerg|disaster|p0|p1|sev0|sev1|s0|s1|sev-0|sev-1|urgent|blocker|highest|outage|service outage|alert|panic',
};

/** Headings of remarks: they tell no state. */
const REMARKS = set(
  'update|updated|note|comment|更新|更新情報|最新情報|アップデート|업데이트|aktualisierung|aktualisiert|mise à jour|actualización|atualização|actualização|aggiornamento|bijgewerkt|تحديث',
);

const STATES = table(STATE_WORDS);
const SEVERITIES = new Map(
  Object.entries(SEVERITY_WORDS).flatMap(([severity, list]) =>
    words(list).map((one) => [one, severity as Severity] as const),
  ),
);

/** Lower case, without accents, spaces and punctuation: `Geïdentificeerd` and `GEIDENTIFICEERD` become one word. */
export function foldWord(given: unknown): string {
  if (typeof given !== 'string' && typeof given !== 'number') return '';
  return String(given)
    .slice(0, 80)
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

function words(list: string): readonly string[] {
  return list
    .split('|')
    .map(foldWord)
    .filter((one) => one !== '');
}

function set(list: string): ReadonlySet<string> {
  return new Set(words(list));
}

function table(given: typeof STATE_WORDS): ReadonlyMap<string, OutageState> {
  const found = new Map<string, OutageState>();
  for (const [state, lists] of Object.entries(given))
    for (const one of lists.flatMap(words)) if (!found.has(one)) found.set(one, state as OutageState);
  return found;
}

/** A word such as `constructor` must not find a method of the object. */
export function ownWord<T>(table: Readonly<Record<string, T>> | undefined, folded: string): T | undefined {
  return table && Object.hasOwn(table, folded) ? table[folded] : undefined;
}

/** The state of a sender's word, or undefined. `Update`, the heading of a remark on status pages, has no state. */
export function stateOf(given: unknown, own?: SenderWords): OutageState | undefined {
  const folded = foldWord(given);
  return ownWord(own?.states, folded) ?? STATES.get(folded);
}

/** The severity of a sender's word, or undefined. */
export function severityOf(given: unknown, own?: SenderWords): Severity | undefined {
  const folded = foldWord(given);
  if (folded === '') return undefined;
  return ownWord(own?.severities, folded) ?? SEVERITIES.get(folded) ?? numbered(folded);
}

/** The severity of a given word: `unknown` for an unreadable word, undefined for an absent word. */
export function severityGiven(given: unknown, own?: SenderWords): Severity | undefined {
  return foldWord(given) === '' ? undefined : (severityOf(given, own) ?? 'unknown');
}

/** `Priority 1`, `SEV-1 (critical)`, `1 - Critical`. */
function numbered(folded: string): Severity | undefined {
  const level = /^(?:p|sev|s|severity|priority|prio|level)(\d)/.exec(folded)?.[1];
  const named = level === undefined ? /^\d(\p{L}{3,})$/u.exec(folded)?.[1] : `p${level}`;
  return named === undefined ? undefined : SEVERITIES.get(named);
}

/** True for a heading that announces a remark but no state. */
export function isRemark(heading: string): boolean {
  return REMARKS.has(foldWord(heading));
}
