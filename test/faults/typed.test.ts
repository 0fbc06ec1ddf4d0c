/** The verdict itself: whatever is lost is counted, and what is there is not. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Typed } from './typed.ts';

/** Three edits, the first two of which were called saved; the third was ended. */
function typed(): Typed {
  const one = new Typed(new Map([['z', '9']]));
  one.edits.push(
    { cell: 'a', text: '1', committed: true },
    { cell: 'a', text: '2', committed: true },
    { cell: 'b', text: '3', committed: true },
  );
  one.acknowledged = 2;
  return one;
}

const judge = (found: Record<string, string>, one = typed()) => one.judge(new Map(Object.entries(found)));
const NOTHING = { acknowledgedLost: 0, committedLost: 0, wrong: [] };

describe('the verdict on what is there after a fault', () => {
  it('[D97] finds nothing lost where everything is there', () => {
    assert.deepEqual(judge({ z: '9', a: '2', b: '3' }), NOTHING);
  });

  it('[D97] counts edits that were called saved and are gone, older values included', () => {
    assert.equal(judge({ z: '9', b: '3' }).acknowledgedLost, 1);
    assert.equal(judge({ z: '9', a: '1', b: '3' }).acknowledgedLost, 1);
    assert.equal(judge({ a: '2', b: '3' }).acknowledgedLost, 1);
    assert.equal(judge({}).acknowledgedLost, 2);
  });

  it('[D97] counts edits that were ended and not called saved apart', () => {
    assert.deepEqual(judge({ z: '9', a: '2' }), { acknowledgedLost: 0, committedLost: 1, wrong: [] });
  });

  it('[D97] finds numbers that nobody typed', () => {
    assert.equal(judge({ z: '9', a: '2', b: '3', c: '4' }).wrong.length, 1);
    assert.equal(judge({ z: '9', a: '7', b: '3' }).wrong.length, 1);
  });

  it('[D97] takes an edit that was still open as it comes: whole, in part, or not at all', () => {
    for (const shown of [undefined, '4', '45']) {
      const one = typed();
      one.edits.push({ cell: 'c', text: '456', committed: false });
      assert.deepEqual(judge({ z: '9', a: '2', b: '3', ...(shown && { c: shown }) }, one), NOTHING);
    }
    const one = typed();
    one.edits.push({ cell: 'c', text: '456', committed: false });
    assert.equal(judge({ z: '9', a: '2', b: '3', c: '7' }, one).wrong.length, 1);
  });
});
