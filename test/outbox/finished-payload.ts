/** A finished report as text, and what is not one. */
import { canonicalJson, type Json } from '../../src/format/canonical-json.ts';
import { readPayload } from '../../src/payload/read-payload.ts';
import { payloadText } from '../../src/payload/write-payload.ts';
import zero from '../../demo/samples/zero.json' with { type: 'json' };

/** As the editor writes it. `organization` makes another report of it, `more` another edit. */
export function finishedText(organization = '示例县审批服务局', more: Record<string, Json> = {}): string {
  const { draft: _draft, ...finished } = zero;
  const result = readPayload(
    JSON.stringify({ ...finished, ...more, organization: { ...zero.organization, name: organization } }),
  );
  if (!result.ok) throw new Error('the sample cannot be read');
  const stamp = { draft: false, findings: [], rules: '2021@1', open: 0, revision: { number: 1, base: null } };
  return payloadText(result.report, stamp);
}

/** With other members, not stamped again. */
export function altered(text: string, members: Record<string, Json | undefined>): string {
  return canonicalJson({ ...(JSON.parse(text) as Record<string, Json>), ...members });
}

export const digestIn = (text: string): string => (JSON.parse(text) as { digest: string }).digest;
