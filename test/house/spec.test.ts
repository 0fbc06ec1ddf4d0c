// test/SPEC.md numbers what can be observed; every number stands in a test, and no test invents one.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { filesUnder, read } from './sources.ts';

const lines = read('test/SPEC.md').split('\n');
const ids = lines.flatMap((line) => /^- \*\*([FCRPDSXUE]\d+)\*\*/.exec(line)?.[1] ?? []);

/** Where each `[E1]` stands; shared behaviour lives in files that are not tests themselves. */
const named = new Map<string, string>();
for (const path of filesUnder('test', '.ts').filter((one) => !one.startsWith('test/house/'))) {
  for (const [, group = ''] of read(path).matchAll(/\[([FCRPDSXUE]\d+(?:,\s?[FCRPDSXUE]\d+)*)\]/g)) {
    for (const id of group.split(/,\s?/)) named.set(id, path);
  }
}

describe('test/SPEC.md', () => {
  it('numbers every rule once', () => {
    assert.notEqual(ids.length, 0);
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
    );
  });

  it('has a test for every rule', () => {
    assert.deepEqual(
      ids.filter((id) => !named.has(id)),
      [],
    );
  });

  it('knows every rule that a test names', () => {
    assert.deepEqual(
      [...named].filter(([id]) => !ids.includes(id)).map(([id, path]) => `${id} in ${path}`),
      [],
    );
  });
});
