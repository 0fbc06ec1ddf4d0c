// Accessibility of what is on the page, by axe-core; fails with the rule, the element and what to do.

import type axeCore from 'axe-core';
import 'axe-core/axe.min.js';

const axe = (globalThis as unknown as { axe: typeof axeCore }).axe;

/** `without` names axe rules that do not apply, each with its reason as a comment beside the call. */
export async function expectAccessible(
  root: Element = document.body,
  without: readonly string[] = [],
): Promise<void> {
  const rules = Object.fromEntries(without.map((id) => [id, { enabled: false }]));
  const { violations } = await axe.run(root, {
    rules,
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
  });
  if (violations.length === 0) return;
  const told = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map((node) => `    ${node.target.flat().join(' >> ')}: ${node.html}`).join('\n')}`,
  );
  throw new Error(`Not accessible:\n${told.join('\n')}`);
}
