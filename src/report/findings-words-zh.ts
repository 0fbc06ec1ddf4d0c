/** Findings of a report as lines for a person, with what a person has said of them, in Chinese. Knows no screen. */
import { isViolation, type Finding } from '../checks/finding.ts';
import { SEVERITY_ZH } from '../checks/severity-zh.ts';
import { findingSentenceZh } from '../checks/wording-zh.ts';
import type { Format } from '../format/format.ts';
import type { Explanation } from './report.ts';

/** How many blank cells are named. */
const NAMED = 5;

/** One line a finding, the blanks in one and the unfinished equations in one; none where there is nothing to say. */
export function findingLinesZh(
  findings: readonly Finding[],
  settled: ReadonlyMap<Finding, Explanation>,
  format: Format,
): string[] {
  const violations = findings.filter(isViolation);
  const blanks = violations.filter((finding) => finding.rule === 'V-02');
  const lines = violations
    .filter((finding) => finding.rule !== 'V-02')
    .map(
      (finding) =>
        `${SEVERITY_ZH[finding.severity]} ${finding.rule} ${findingSentenceZh(finding, format)}${saidOf(settled.get(finding))}`,
    );
  if (blanks.length > 0) {
    const labels = blanks
      .slice(0, NAMED)
      .map(({ cells: [cell] }) => format.cellsById.get(cell!)?.label ?? cell!);
    lines.push(
      `${SEVERITY_ZH[blanks[0]!.severity]} V-02 空白${blanks.length}格：${labels.join('、')}${blanks.length > NAMED ? '等' : ''}。`,
    );
  }
  const pending = findings.length - violations.length;
  if (pending > 0) lines.push(`未填完：${pending}项勾稽关系还有空格，未核对。`);
  return lines;
}

/** What the report says of a finding that a person has settled, '' where nobody has. */
function saidOf(said: Explanation | undefined): string {
  if (said === undefined) return '';
  return said.kind === 'confirmed' ? '（填报人已确认无误）' : `（填报人说明：${said.text ?? ''}）`;
}
