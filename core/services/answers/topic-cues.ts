/** Words that name one topic without doubt, where the topic changes who is responsible. Checked before the classifier. */
import type { Asker, Issue } from '../../terms.js';

interface Cue {
  readonly issue: Issue;
  /** The askers for whom the cue counts; every asker when left out. */
  readonly askers?: readonly Asker[];
  readonly words: RegExp;
}

const STAFF: readonly Asker[] = ['partner', 'publisher'];

/** The first that fits wins. Lower case, straight quotes, single spaces. */
const CUES: readonly Cue[] = [
  {
    issue: 'contract-legal.customer-agreement',
    words:
      /\b(mca|microsoft customer agreement)\b.{0,40}\b(accept|attest|sign|confirm)|\b(accept|attest|sign|confirm)\w*.{0,40}\b(mca|microsoft customer agreement)\b|客戶合約.{0,12}(接受|確認)|(接受|確認).{0,12}客戶合約/u,
  },
  {
    issue: 'offer-onboarding.rewards',
    askers: STAFF,
    words: /\bco-?sell\b|\bmarketplace rewards\b|共同銷售/u,
  },
  { issue: 'offer-onboarding.rewards', askers: ['partner'], words: /\bpay-?outs?\b|撥款|付款給合作夥伴/u },
  {
    issue: 'purchase-transaction.private-offer-acceptance',
    words:
      /private offer.{0,60}(gr[ea]y|disabled|cannot|can't|unable|not able|won't).{0,40}|accept\w*.{0,40}(gr[ea]y|disabled|cannot|can't).{0,40}private offer|(cannot|can't|unable to) accept.{0,30}private offer|(接受).{0,12}(灰|無法).{0,12}私人優惠|私人優惠.{0,12}(無法|不能).{0,6}接受/u,
  },
  {
    issue: 'purchase-transaction.own-administrator',
    words:
      /\b(our|my) (own )?(admin\w*|organi[sz]ation|company|it department)\b.{0,40}\b(block|forbid|forbad|disabl|not allow|doesn't allow|prevent)\w*.{0,40}\b(purchas|buy|marketplace)|private marketplace.{0,40}(block|not approved|not allow)|(組織|管理員).{0,12}(封鎖|不允許|停用).{0,12}(購買|市集)/u,
  },
  {
    issue: 'account-setup.missing-role',
    words:
      /\b(role|permissions?|rights?|privileges?)\b.{0,60}\b(to (buy|purchase|order|accept|subscribe)|in partner cent(er|re)|in the marketplace)\b|\b(to (buy|purchase|order)|partner cent(er|re))\b.{0,60}\b(missing|lack|not have|don't have|do not have|need)\w* .{0,20}\b(role|permissions?|rights?|privileges?)\b|(缺少|沒有|没有).{0,10}(角色|權限|权限).{0,14}(購買|订购|訂購|接受|合作夥伴中心)|(購買|訂購|合作夥伴中心).{0,14}(缺少|沒有).{0,10}(角色|權限)/u,
  },
  {
    issue: 'subscription-management.transfer',
    words:
      /\b(transfer|move|moving|switch|change)\w*.{0,60}\b(another|other|different|new|previous|old) (csp )?(partner|provider|reseller)\b|(更換|換|移轉).{0,12}(合作夥伴|經銷商)/u,
  },
  {
    issue: 'billing.tax',
    askers: ['customer', 'partner'],
    words:
      /\b(?:vat|gst|sales tax|value[- ]added tax|mehrwertsteuer|umsatzsteuer|tva|iva)\b|營業稅|加值稅|增值税|消費税/u,
  },
  {
    issue: 'billing.refund',
    words:
      /\bhow long\b.{0,40}\b(refund|money back)|\brefund (period|window|policy)\b.{0,30}\b(how long|length|last|hours|days)|退款(期限|期間).{0,6}(多久|多長|幾天|幾小時)|多久.{0,12}退款/u,
  },
];

/** The issue of these words, for this asker; undefined without a cue. */
export function cuedIssue(text: string, asker: Asker): Issue | undefined {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/\s+/g, ' ')
    .slice(0, 1000);
  return CUES.find(({ askers, words }) => (askers?.includes(asker) ?? true) && words.test(folded))?.issue;
}

/** Every issue a cue can name, for the check that each issue is reachable by words. */
export const CUED_ISSUES: ReadonlySet<Issue> = new Set(CUES.map(({ issue }) => issue));
