/**
 * What a host says of the unit that a new report is of: its name, or an object in the shape of the payload's
 * `organization`. What the payload could not hold is left out and told to the host's developer.
 */
import { KINDS } from './report-head.ts';
import type { Json } from '../format/canonical-json.ts';

export interface GivenOrganization {
  readonly name: string;
  readonly kind: string;
  /** Code, region, functions. */
  readonly more: Readonly<Record<string, Json>>;
}

const CHECKS: Readonly<Record<string, (value: unknown) => boolean>> = {
  name: (value) => typeof value === 'string',
  kind: (value) => KINDS.some(([id]) => id === value),
  code: (value) => typeof value === 'string' && /^[0-9A-HJ-NPQRTUWXY]{18}$/.test(value),
  region: (value) => typeof value === 'string' && /^\d{6}(?:\d{3}){0,2}$/.test(value),
  functions: (value) =>
    Array.isArray(value) &&
    value.every((one) => ['licensing', 'enforcement', 'fees'].includes(one as string)),
};

export function givenOrganization(given: string | object | null | undefined): GivenOrganization {
  let members: Record<string, unknown>;
  try {
    members =
      typeof given !== 'string'
        ? { ...given }
        : given.trimStart().startsWith('{')
          ? (JSON.parse(given) as Record<string, unknown>)
          : { name: given };
  } catch {
    members = { name: given };
  }
  const {
    name = '',
    kind = '',
    ...more
  } = Object.fromEntries(
    Object.entries(members).filter(([member, value]) => {
      const fits = CHECKS[member]?.(value) === true;
      if (!fits) console.warn(`xxgk-annual-report: organization.${member} is left out.`, value);
      return fits;
    }),
  ) as Record<string, Json>;
  return { name: String(name).trim(), kind: String(kind), more };
}
