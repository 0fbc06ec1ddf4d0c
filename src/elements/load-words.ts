/**
 * Fetches the sentences of findings after the first paint: an empty report has none to say. Until they are here a
 * finding is told by its level alone. Knows no finding itself.
 */
import type { Finding } from '../checks/finding.ts';
import { SEVERITY_ZH } from '../checks/severity-zh.ts';
import type * as wording from '../checks/wording-zh.ts';
import type { Format } from '../format/format.ts';
import { told } from '../format/language.ts';

let words: typeof wording | undefined;

/** The sentence of a finding, or its level while the sentences are on their way. */
export function sentenceOfFinding(finding: Finding, format: Format): string {
  return words?.findingSentenceZh(finding, format) ?? told(SEVERITY_ZH[finding.severity]);
}

/** Settled when the sentences are here, or cannot be: the next call tries again. */
export async function loadWords(): Promise<void> {
  words ??= await import('../checks/wording-zh.ts').catch(() => undefined);
}
