import { expect } from 'chai';
import { readDraftRecord, setAsideText } from '../../src/drafts/draft-record.ts';
import {
  cleanUp,
  contentOf,
  door,
  lookInto,
  newDatabase,
  openStore,
  plant,
  REPORT,
} from './sample-drafts.ts';

/** A good record as it lies in the database, to be damaged. */
async function sample(database: string): Promise<Record<string, unknown>> {
  const store = await openStore({ database });
  await store.begin({ report: REPORT }).write(contentOf('good'));
  const [record] = await lookInto(database, 'drafts');
  return record!;
}

const DAMAGES: Readonly<Record<string, (record: Record<string, unknown>) => unknown>> = {
  'a revision that is NaN': (record) => ({ ...record, revision: NaN }),
  'a revision of 0.5': (record) => ({ ...record, revision: 0.5 }),
  'a time that is Infinity': (record) => ({ ...record, updated: Infinity }),
  'a version that is NaN': (record) => ({ ...record, version: NaN }),
  'an older version': (record) => ({ ...record, version: 0 }),
  'a payload that is an object': (record) => ({ ...record, payload: { text: 'x' } }),
  'a payload its reader refuses': (record) => ({ ...record, payload: '{"text":' }),
  'a payload over the limit': (record) => ({ ...record, payload: ' '.repeat(1_000_001) }),
  'no payload': ({ payload: _payload, ...rest }) => rest,
  'a digest that is none': (record) => ({ ...record, digest: 'sha256:xyz' }),
  'a year as text': (record) => ({ ...record, year: '2025' }),
  'a __proto__ of its own': (record) => {
    const copy = { ...record };
    Object.defineProperty(copy, '__proto__', { value: { admin: true }, enumerable: true });
    return copy;
  },
  'a constructor of its own': (record) => ({ ...record, constructor: 'x' }),
  'a fork that is a list': (record) => ({ ...record, fork: [1] }),
  'members that are maps': (record) => ({ ...record, stamp: new Map([['a', 1n]]) }),
};

describe('draft record', () => {
  afterEach(cleanUp);

  for (const [name, damage] of Object.entries(DAMAGES)) {
    it(`[D18] is set aside, downloadable, with ${name}`, async () => {
      const database = newDatabase();
      const record = await sample(database);
      await plant(database, 'drafts', damage(record));
      const store = await openStore({ database });
      expect(await store.list()).to.deep.equal([]);
      const aside = await store.setAside();
      expect(aside).to.have.length(1);
      expect(aside[0]!.history).to.have.length(1);
      const file: unknown = JSON.parse(setAsideText(aside[0]!));
      expect(file).to.have.property('record');
      expect(await lookInto(database, 'drafts')).to.deep.equal([]);
      // The report can be worked on again.
      await store.begin({ report: REPORT }).write(contentOf('new'));
      expect(await store.list()).to.have.length(1);
      expect(({} as { admin?: boolean }).admin).to.equal(undefined);
      expect(await store.deleteSetAside(aside[0]!.id)).to.equal(true);
      expect(await store.setAside()).to.deep.equal([]);
    });
  }

  it('[D18] is not set aside into another user’s hands', async () => {
    const database = newDatabase();
    const record = await sample(database);
    await plant(database, 'drafts', { ...record, revision: NaN });
    const other = await openStore({ database, user: 'b' });
    expect(await other.setAside()).to.deep.equal([]);
    const owner = await openStore({ database });
    const [aside] = await owner.setAside();
    expect(await other.deleteSetAside(aside!.id)).to.equal(false);
  });

  it('[D18] without an owner falls to the owner without a name', async () => {
    const database = newDatabase();
    await openStore({ database });
    await plant(database, 'drafts', { id: 7, nonsense: true });
    expect(await (await openStore({ database, user: 'b' })).setAside()).to.deep.equal([]);
    const [aside] = await (await openStore({ database, tenant: '', user: '' })).setAside();
    expect(aside).to.deep.include({ reason: 'shape', raw: { id: 7, nonsense: true } });
  });

  it('[D19] of a future version is listed but stays where the newer program finds it', async () => {
    const database = newDatabase();
    const record = await sample(database);
    await plant(database, 'drafts', { ...record, version: 2, surprise: { deep: true } });
    const store = await openStore({ database });
    expect(await store.list()).to.deep.equal([]);
    const [aside] = await store.setAside();
    expect(aside).to.include({ reason: 'future' });
    expect(setAsideText(aside!)).to.include('surprise');
    expect(await lookInto(database, 'drafts')).to.have.length(1);
    expect(await (await openStore({ database, user: 'b' })).setAside()).to.deep.equal([]);
  });

  it('[D57] says which cell was open, unless it is from before that was written down or says nonsense', async () => {
    const record = await sample(newDatabase());
    const { open: _open, ...older } = record;
    const opens = [record, { ...record, open: 'a/b/c' }, older, { ...record, open: { x: 1 } }].map((one) => {
      const reading = readDraftRecord(one, door);
      return reading.ok && reading.record.open;
    });
    expect(opens).to.deep.equal([null, 'a/b/c', null, null]);
  });

  it('[D20] is read from anything without a crash', () => {
    const hostile: unknown[] = [
      undefined,
      null,
      0,
      'x',
      [],
      new Date(),
      () => 1,
      Symbol('x'),
      Object.create({ version: 1 }),
    ];
    hostile.push(
      Object.defineProperty({}, 'version', {
        enumerable: true,
        get() {
          throw new Error('trap');
        },
      }),
    );
    for (const value of hostile) expect(readDraftRecord(value)).to.deep.equal({ ok: false, reason: 'shape' });
  });

  it('[D99] is damaged where its payload is not the one that was written, though it can be read', async () => {
    const record = await sample(newDatabase());
    const changed = { ...record, payload: contentOf('draf7').payload };
    expect(readDraftRecord(record, door).ok).to.equal(true);
    expect(readDraftRecord(changed, door)).to.deep.equal({ ok: false, reason: 'seal' });
    // Written before there was a seal.
    const { seal: _seal, ...old } = changed as Record<string, unknown>;
    expect(readDraftRecord(old, door).ok).to.equal(true);
  });

  it('[D20] leaves unknown members behind', async () => {
    const record = await sample(newDatabase());
    const reading = readDraftRecord({ ...record, stranger: 1 });
    expect(reading.ok && 'stranger' in reading.record).to.equal(false);
    expect(reading.ok).to.equal(true);
  });

  it('[D18] goes into the file even when it is circular', () => {
    const raw: Record<string, unknown> = { number: NaN, big: 3n };
    raw['self'] = raw;
    const text = setAsideText({
      id: 'x',
      tenant: '',
      user: '',
      at: 0,
      reason: 'shape',
      raw,
      history: [],
      noticed: null,
    });
    expect(JSON.parse(text)).to.deep.nested.include({
      'record.number': 'NaN',
      'record.big': '3n',
      'record.self': '(circular)',
    });
  });
});
