/** The published JSON Schema (2020-12), made from the zod schema and the formats. Used by the build, never by the editor. */
import * as z from 'zod/mini';
import type { BlockDefinition } from '../format/format.ts';
import { FORMATS } from '../format/formats.ts';
import { payloadSchema } from './payload-schema.ts';
import { SCHEMA_ID } from './schema-id.ts';

/** What no schema can say: checked by the reading door only. */
export const CHECKED_BY_THE_DOOR: readonly string[] = [
  'at most 1,000,000 characters and 20 levels of nesting',
  'no key named __proto__, constructor or prototype',
  'the check character of organization.code (GB 32100)',
  'digest and tablesDigest',
  'as findings, not refusals: 9 integer digits and 6 decimals of an amount, 12 digits of a count, rows and columns of the format (S-01, S-03)',
];

export function payloadJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(payloadSchema, { target: 'draft-2020-12' }),
    // Each format's tables, rows and columns by name, for who writes a payload; any others are let through, as by the door.
    allOf: Object.values(FORMATS).map(({ version, document, tables }) => ({
      if: { properties: { format: { const: version } } },
      then: {
        properties: {
          tables: open(
            document,
            tables.map(({ id, title, blocks }) => [id, open(title, blocks.flatMap(rowsOf))]),
          ),
        },
      },
    })),
    title: SCHEMA_ID,
    description: `政府信息公开工作年度报告. Checked by the reading door only: ${CHECKED_BY_THE_DOOR.join('; ')}.`,
  };
}

type Member = readonly [id: string, schema: object];

function rowsOf({ rows, columns }: BlockDefinition): Member[] {
  const cells = columns.map(({ id, label }): Member => [id, { description: label }]);
  return rows.map(({ id, path }) => [id, open(path.join(' '), cells)]);
}

const open = (description: string, members: readonly Member[]): object => ({
  description,
  type: 'object',
  properties: Object.fromEntries(members),
  additionalProperties: true,
});
