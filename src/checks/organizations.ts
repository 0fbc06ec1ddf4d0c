/** What is known of an organisation beside its name; rules ask for it. Ids as in the payload. */

export const ORGANIZATION_KINDS = [
  'county-office',
  'county-bureau',
  'township',
  'subdistrict',
  'development-zone',
  'public-institution',
  'vertical-agency',
  'county',
  'city-bureau',
  'city',
  'province-bureau',
  'province',
  'ministry',
  'other',
] as const;
export type OrganizationKind = (typeof ORGANIZATION_KINDS)[number];

/** What an organisation may be registered to do, as a host knows it. */
export const ORGANIZATION_FUNCTIONS = ['licensing', 'enforcement', 'fees'] as const;
