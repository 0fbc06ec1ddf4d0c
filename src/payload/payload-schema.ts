/**
 * The shape of the payload, schema version 1, as zod sees it; the published JSON Schema is made from this. Known fields
 * are strict, unknown ones pass. It says nothing of size, depth, digests or sums: the reading door does.
 */
import * as z from 'zod/mini';
import {
  ORGANIZATION_CODE,
  ORGANIZATION_FUNCTIONS,
  ORGANIZATION_KINDS,
  REGION_CODE,
} from '../checks/organizations.ts';
import { SEVERITIES } from '../checks/rule.ts';
import { SCHEMA_ID } from './schema-id.ts';

// Code generation is probed for otherwise, which a strict content security policy reports as a violation.
z.config({ jitless: true });

const digest = z.string().check(z.regex(/^sha256:[0-9a-f]{64}$/));
const date = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
const text = z.string();
const cell = z.string().check(z.regex(/^[a-z0-9.-]+\/[a-z0-9.-]+\/[a-z0-9.-]+$/));
const count = z.number().check(z.int(), z.gte(0));

const mark = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('not-applicable'), raw: text }),
  z.looseObject({ kind: z.literal('text'), raw: text }),
  z.looseObject({ kind: z.literal('uncertain'), raw: text, candidate: z.optional(z.nullable(z.number())) }),
  z.looseObject({ kind: z.literal('merged') }),
]);

export const payloadSchema = z.looseObject({
  schema: z.literal(SCHEMA_ID),
  draft: z.optional(z.boolean()),
  format: z.enum(['2021', '2019']),
  /** null only in a draft whose year is not given yet. */
  year: z.nullable(z.number().check(z.int(), z.gte(1000), z.lte(9999))),
  period: z.optional(z.looseObject({ from: date, to: date })),
  organization: z.looseObject({
    name: text,
    code: z.optional(z.string().check(z.regex(ORGANIZATION_CODE))),
    region: z.optional(z.string().check(z.regex(REGION_CODE))),
    kind: z.optional(z.enum(ORGANIZATION_KINDS)),
    functions: z.optional(z.array(z.enum(ORGANIZATION_FUNCTIONS))),
  }),
  contact: z.optional(
    z.looseObject({
      address: z.optional(text),
      postcode: z.optional(text),
      phone: z.optional(text),
      email: z.optional(text),
      website: z.optional(text),
    }),
  ),
  tables: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.nullable(z.number())))),
  reported: z.optional(z.record(cell, z.number())),
  marks: z.optional(z.record(cell, mark)),
  narrative: z.optional(
    z.looseObject({ overview: z.optional(text), problems: z.optional(text), other: z.optional(text) }),
  ),
  explanations: z.optional(
    z.array(
      z.looseObject({
        rule: text,
        cells: z.array(cell),
        values: digest,
        kind: z.enum(['confirmed', 'explained']),
        text: z.optional(text),
        at: text,
      }),
    ),
  ),
  remarks: z.optional(z.array(z.looseObject({ cell, text, by: z.optional(text), at: z.optional(text) }))),
  signOff: z.optional(
    z.looseObject({
      filledBy: z.optional(text),
      reviewedBy: z.optional(text),
      approvedBy: z.optional(text),
      at: z.optional(text),
      /** Cells whose value is no longer what was signed, with the signed value. */
      changedSince: z.optional(z.record(cell, z.nullable(z.number()))),
      /** A digest that this report was read with and did not have: it was changed elsewhere, and is not signed any more. */
      lapsed: z.optional(digest),
    }),
  ),
  supersedes: z.optional(
    z.looseObject({ digest: z.optional(digest), reason: z.optional(text), at: z.optional(text) }),
  ),
  checks: z.optional(
    z.looseObject({
      rules: text,
      /** Official rules that a rule pack switched off or gave another severity. */
      changed: z.optional(z.record(z.string(), z.enum([...SEVERITIES, 'off']))),
      must: count,
      verify: count,
      info: count,
      open: count,
    }),
  ),
  revision: z.optional(z.looseObject({ number: count, base: z.nullable(digest) })),
  generator: z.optional(text),
  tablesDigest: z.optional(digest),
  digest: z.optional(digest),
});

export type Payload = z.infer<typeof payloadSchema>;
