// Accessibility of what is on the page, by axe-core; fails with the rule, the element and what to do.

import type axeCore from 'axe-core';
import 'axe-core/axe.min.js';
import { darkStyles } from '../../src/elements/theme.ts';
import { browserName } from './commands.ts';

const axe = (globalThis as unknown as { axe: typeof axeCore }).axe;

/** The shadow roots in what is shown, each under the one it is in. */
function shadowRoots(element: Element): ShadowRoot[] {
  const { shadowRoot } = element;
  return [
    ...(shadowRoot === null ? [] : [shadowRoot]),
    ...[...element.children, ...(shadowRoot?.children ?? [])].flatMap(shadowRoots),
  ];
}

/** The dark colours, which are the same in every browser. */
async function inDark<T>(look: () => Promise<T>): Promise<T> {
  const sheet = darkStyles.styleSheet!;
  const lit = shadowRoots(document.body).filter((one) => !one.adoptedStyleSheets.includes(sheet));
  for (const one of lit) one.adoptedStyleSheets = [...one.adoptedStyleSheets, sheet];
  try {
    return await look();
  } finally {
    for (const one of lit) one.adoptedStyleSheets = one.adoptedStyleSheets.filter((other) => other !== sheet);
  }
}

/** In both themes. `without` names axe rules that do not apply, each with its reason as a comment beside the call. */
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
  const dark =
    browserName === 'chromium' && !without.includes('color-contrast')
      ? await inDark(() =>
          axe.run(root, {
            runOnly: { type: 'rule', values: ['color-contrast'] },
            resultTypes: ['violations'],
          }),
        )
      : { violations: [] };
  const all = [...violations, ...dark.violations.map((one) => ({ ...one, id: `${one.id}, dark` }))];
  if (all.length === 0) return;
  const told = all.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map((node) => `    ${node.target.flat().join(' >> ')}: ${node.html} ${node.failureSummary ?? ''}`).join('\n')}`,
  );
  throw new Error(`Not accessible:\n${told.join('\n')}`);
}
