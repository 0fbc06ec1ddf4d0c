/**
 * What a host says of the unit that a new report is of: its name, or an object in the shape of the payload's
 * `organization`. What the payload could not hold is left out and told to the host's developer.
 */
import {
  ORGANIZATION_CODE,
  ORGANIZATION_FUNCTIONS,
  ORGANIZATION_KINDS,
  REGION_CODE,
} from '../checks/organizations.ts';
import type { Json } from '../format/canonical-json.ts';

export interface GivenOrganization {
  readonly name: string;
  readonly kind: string;
  /** Code, region, functions. */
  readonly more: Readonly<Record<string, Json>>;
}

const isOneOf = (known: readonly string[], value: unknown): boolean => known.some((one) => one === value);

const CHECKS: Readonly<Record<string, (value: unknown) => boolean>> = {
  name: (value) => typeof value === 'string',
  kind: (value) => isOneOf(ORGANIZATION_KINDS, value),
  code: (value) => typeof value === 'string' && ORGANIZATION_CODE.test(value),
  region: (value) => typeof value === 'string' && REGION_CODE.test(value),
  functions: (value) => Array.isArray(value) && value.every((one) => isOneOf(ORGANIZATION_FUNCTIONS, one)),
};

const { hasOwnProperty } = Object.prototype;

/** Of which the developer was told last: once, not with every new report. */
let toldOf: unknown;

export function givenOrganization(given: string | object | null | undefined): GivenOrganization {
  const leftOut = (what: string, value: unknown): void => {
    if (given !== toldOf) console.warn(`xxgk-annual-report: ${what} is left out.`, value);
  };
  let members: Record<string, unknown> = {};
  try {
    members =
      typeof given !== 'string'
        ? { ...given }
        : given.trimStart().startsWith('{')
          ? (JSON.parse(given) as Record<string, unknown>)
          : { name: given };
  } catch {
    leftOut('organization, which is no JSON,', given);
  }
  const fitting = Object.fromEntries(
    Object.entries(members).filter(([member, value]) => {
      const fits = hasOwnProperty.call(CHECKS, member) && CHECKS[member]!(value);
      if (!fits) leftOut(`organization.${member}`, value);
      return fits;
    }),
  ) as Record<string, Json>;
  toldOf = given;
  const { name = '', kind = '', ...more } = fitting;
  return { name: String(name).trim(), kind: String(kind), more };
}
