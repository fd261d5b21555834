/** The findings of the doctor: one for each check. */

/** `wrong` stops something from working; `doubt` may do so, or the check failed. */
export type Verdict = 'ok' | 'doubt' | 'wrong';

export interface Finding {
  /** The check, as `registration.secret`; monitors use it. */
  readonly id: string;
  readonly verdict: Verdict;
  /** The result of the check. */
  readonly what: string;
  /** The remedy; absent when there is nothing to repair. */
  readonly mend?: string;
}

export const ok = (id: string, what: string): Finding => ({ id, verdict: 'ok', what });
export const doubt = (id: string, what: string, mend: string): Finding => ({
  id,
  verdict: 'doubt',
  what,
  mend,
});
export const wrong = (id: string, what: string, mend: string): Finding => ({
  id,
  verdict: 'wrong',
  what,
  mend,
});

/** True when nothing is wrong; doubts do not count. */
export function isHealthy(findings: readonly Finding[]): boolean {
  return findings.every(({ verdict }) => verdict !== 'wrong');
}

/** The findings for an operator: the wrong ones first. */
export function findingLines(findings: readonly Finding[]): readonly string[] {
  const count = (verdict: Verdict) => findings.filter((one) => one.verdict === verdict).length;
  const [bad, unsure] = [count('wrong'), count('doubt')];
  const verdict =
    bad === 0 && unsure === 0
      ? 'Healthy: nothing is wrong.'
      : `${bad} wrong, ${unsure} to look at, ${count('ok')} fine.`;
  const line = ({ id, what, mend, verdict: one }: Finding) =>
    mend === undefined
      ? [`${one.padEnd(6)} ${id}: ${what}`]
      : [`${one.padEnd(6)} ${id}: ${what}`, `       → ${mend}`];
  const sorted = (['wrong', 'doubt', 'ok'] as const).flatMap((one) =>
    findings.filter((finding) => finding.verdict === one),
  );
  return [verdict, ...sorted.flatMap(line)];
}
