/** axe-core in a page: the rules of WCAG 2.2 AA. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame } from 'playwright-core';

const SCRIPT = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/**
 * The violations that axe finds in one document, as rule and element. In forced colours axe reads the colours that the
 * page wrote, which the browser does not show; so give `contrast: false` there.
 */
export async function violationsIn(frame: Frame, { contrast }: { contrast: boolean }): Promise<string[]> {
  if (!(await frame.evaluate(`'axe' in window`))) await frame.evaluate(`${SCRIPT};undefined`);
  return frame.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(TAGS)}, iframes: false, rules: { 'color-contrast': { enabled: ${contrast} } } }).then((r) =>
      r.violations.flatMap((v) => v.nodes.map((n) => v.id + ': ' + n.html.slice(0, 160) + ' ' + n.failureSummary)))`,
  );
}
