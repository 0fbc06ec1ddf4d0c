/**
 * A rule pack as elements take it: into force or not, and the line that says so. Loaded when a host gives a pack; without
 * one the official rules are in force and nothing is said.
 */
import { html, type TemplateResult } from 'lit';
import { packRefusalZh, packSummaryZh, ruleChangeZh } from '../checks/rule-pack-words-zh.ts';
import { withRulePack, type RuleChange } from '../checks/rule-pack.ts';
import { readRulePack } from '../checks/read-rule-pack.ts';
import { OFFICIAL_RULES } from '../checks/rules.ts';
import { t } from '../format/language.ts';
import type { Session } from '../report/session.ts';

/** Changes that are listed openly; more would push the tables out of sight. */
const LINES = 5;

/** Reads a pack and has the session check by it; a refused one leaves the official rules. Returns what is to be said. */
export function putInForce(given: unknown, session: Session): (() => TemplateResult) | undefined {
  const text = textOf(given);
  if (text.trim() === '') {
    inForce(session, OFFICIAL_RULES);
    return undefined;
  }
  const reading = readRulePack(text);
  if (!reading.ok) {
    inForce(session, OFFICIAL_RULES);
    return () =>
      html`<p class="banner bad said" role="alert">
        ${t`${packRefusalZh(reading.refusal)}现仍按内置的核对规则核对。`}
      </p>`;
  }
  const { pack } = reading;
  inForce(session, withRulePack(OFFICIAL_RULES, pack));
  return () =>
    html`<div class="rules-line">
      ${t`核对规则：${packSummaryZh(pack)}`}${linesOf(pack.changes.slice(0, LINES))}${
        pack.changes.length <= LINES
          ? ''
          : html`<details>
              <summary>${t`其余停用、调整的规则`}</summary>
              ${linesOf(pack.changes.slice(LINES))}
            </details>`
      }
    </div>`;
}

function linesOf(changes: readonly RuleChange[]): TemplateResult[] {
  return changes.map((change) => html`<div>${ruleChangeZh(change)}</div>`);
}

/** Rules that are in force already are not checked anew: the tables would be drawn again for nothing. */
function inForce(session: Session, rules: Session['rules']): void {
  if (session.rules !== rules) session.rules = rules;
}

/** A pack as text. What cannot be written as JSON is no pack, and refused as such by the door. */
function textOf(given: unknown): string {
  if (typeof given === 'string') return given;
  if (given === null || given === undefined) return '';
  try {
    return JSON.stringify(given) ?? 'undefined';
  } catch {
    return String(typeof given);
  }
}
