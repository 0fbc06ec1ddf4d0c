/** The short form of the walk; 100,000 steps are walked by `npm run test:faults`. */
import { expect } from 'chai';
import { walk } from '../faults/random-walk.ts';
import { cleanUp, newDatabase } from './sample-drafts.ts';

describe('a random walk', () => {
  afterEach(cleanUp);

  it('[D54] of edits, undos, pastes, saves, reloads and tab switches keeps report, draft and payload equal', async () => {
    const { reloads, switches, saves } = await walk(1_500, 20_260_112, newDatabase());
    expect(Math.min(reloads, switches, saves)).to.be.greaterThan(0);
  }).timeout(60_000);
});
