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

/** 统一社会信用代码, without its check character verified; 行政区划代码 of six, nine or twelve digits. */
export const ORGANIZATION_CODE = /^[0-9A-HJ-NPQRTUWXY]{18}$/;
export const REGION_CODE = /^(\d{6}|\d{9}|\d{12})$/;

/** What an organisation may be registered to do, as a host knows it. */
export const ORGANIZATION_FUNCTIONS = ['licensing', 'enforcement', 'fees'] as const;
