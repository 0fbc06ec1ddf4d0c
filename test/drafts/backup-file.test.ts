import { expect } from 'chai';
import * as fc from 'fast-check';
import {
  createBackupFile,
  type BackupContent,
  type BackupFile,
  type BackupFileOptions,
  type BackupFileState,
} from '../../src/drafts/backup-file.ts';
import { filePicker } from '../../src/drafts/file-access.ts';
import { backupFileWords } from '../../src/drafts/backup-file-words.ts';
import { digestOfText } from '../../src/format/digest.ts';
import * as browser from '../browser/commands.ts';
import { until, wait } from './sample-drafts.ts';

// Files of the origin's private file system: real handles with real swap files, only without a dialog to choose them.
let count = 0;
async function newFile(text = ''): Promise<FileSystemFileHandle> {
  count += 1;
  const folder = await navigator.storage.getDirectory();
  const handle = await folder.getFileHandle(`年报备份-${Date.now()}-${count}.json`, { create: true });
  if (text !== '') {
    const stream = await handle.createWritable();
    await stream.write(text);
    await stream.close();
  }
  return handle;
}

/**
 * Reads past the moment in which a private file system puts one file in the place of another: a reader that holds the
 * older one is then refused, by Chromium as NotReadableError or NotFoundError, by Firefox as AbortError or without a name.
 */
async function textOf(handle: FileSystemFileHandle): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await (await handle.getFile()).text();
    } catch (error) {
      if (attempt > 100) throw error;
      await wait(2);
    }
  }
}

/** A handle that does what the test says now and then, and is the real one otherwise. */
function handleThat(real: FileSystemFileHandle, more: Partial<FileSystemFileHandle>): FileSystemFileHandle {
  return new Proxy(real, {
    get(target, name) {
      if (name in more) return more[name as keyof FileSystemFileHandle];
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
}

interface Kept {
  readonly file: BackupFile;
  readonly states: BackupFileState[];
  /** The report on screen becomes this. */
  type(text: string): void;
  /** The same, and its draft is saved. */
  save(text: string): void;
}

function keep(handle: FileSystemFileHandle, more: Partial<BackupFileOptions> = {}): Kept {
  let content: BackupContent = { text: '', digest: digestOfText('') };
  const states: BackupFileState[] = [];
  const file = createBackupFile({
    pick: () => Promise.resolve(handle),
    content: () => content,
    onState: (state) => states.push(state),
    ...more,
  });
  const type = (text: string): void => {
    content = { text, digest: digestOfText(text) };
  };
  return {
    file,
    states,
    type,
    save(text) {
      type(text);
      file.changed(content.digest);
    },
  };
}

const settled = (file: BackupFile): boolean => ['current', 'failed'].includes(file.state.status);

describe('backup file', () => {
  it('[D41] is written when it is chosen and after each saved draft, and says when', async () => {
    const handle = await newFile();
    const { file, states, save } = keep(handle);
    save('before there is a file');
    expect(file.state).to.deep.equal({ status: 'off', name: null, at: null, reason: null });
    const start = Date.now();
    expect(await file.choose()).to.equal(undefined);
    await until(() => settled(file));
    expect(await textOf(handle)).to.equal('before there is a file');
    expect(file.state).to.include({ status: 'current', name: handle.name, reason: null });
    expect(file.state.at).to.be.within(start, Date.now());
    save('表三：新收 12');
    expect(states[states.length - 1]?.status).to.equal('writing');
    await until(() => settled(file));
    expect(await textOf(handle)).to.equal('表三：新收 12');
    file.stop();
  });

  it('[E332] a file of before this page was loaded waits for a click, which asks for the permission; refused, it says so', async () => {
    const real = await newFile('of before');
    const asked: unknown[] = [];
    let allowed = false;
    const earlier = handleThat(real, {
      requestPermission: (how: unknown) => {
        asked.push(how);
        return Promise.resolve(allowed ? 'granted' : 'denied');
      },
      createWritable: () =>
        allowed ? real.createWritable() : Promise.reject(new DOMException('', 'NotAllowedError')),
    } as never);
    const { file, save } = keep(real, { earlier });
    expect(file.state).to.include({ status: 'stopped', name: real.name });
    expect(backupFileWords(file.state)).to.include('已停止写入');
    save('表三：新收 12');
    await wait(20);
    expect([file.state.status, asked, await textOf(real)]).to.deep.equal(['stopped', [], 'of before']);
    await file.retry();
    await until(() => settled(file));
    expect(file.state).to.include({ status: 'failed', reason: 'permission' });
    expect(await textOf(real)).to.equal('of before');
    allowed = true;
    await file.retry();
    await until(() => file.state.status === 'current');
    expect(asked).to.deep.equal([{ mode: 'readwrite' }, { mode: 'readwrite' }]);
    expect(await textOf(real)).to.equal('表三：新收 12');
    file.stop();
    expect([file.state.status, file.handle]).to.deep.equal(['off', undefined]);
    await file.retry();
    expect(asked).to.have.length(2);
  });

  it('[D41] holds the last content after any sequence of changes, pauses and failures', async function (this: Mocha.Context) {
    // Every step is a real file; Firefox takes its time on a busy machine.
    this.timeout(90_000);
    const step = fc.oneof(
      fc.record({ kind: fc.constant('save' as const), text: fc.integer({ min: 0, max: 3 }) }),
      fc.record({ kind: fc.constant('wait' as const), milliseconds: fc.integer({ min: 0, max: 6 }) }),
      fc.record({
        kind: fc.constant('fail' as const),
        where: fc.constantFrom('open' as const, 'write' as const, 'close' as const),
      }),
      fc.record({ kind: fc.constant('choose' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), fc.integer(), async (steps, last) => {
        const real = await newFile('as it was');
        let fails: 'open' | 'write' | 'close' | undefined;
        const oneFailure = (where: string): void => {
          if (fails !== where) return;
          fails = undefined;
          throw new DOMException('not now', 'NotAllowedError');
        };
        const written: string[] = ['as it was'];
        const handle = handleThat(real, {
          async createWritable() {
            oneFailure('open');
            const stream = await real.createWritable();
            let text = '';
            return {
              write: async (data: string) => {
                oneFailure('write');
                text = data;
                await stream.write(data);
              },
              close: async () => {
                oneFailure('close');
                await stream.close();
                written.push(text);
              },
              abort: () => stream.abort(),
            } as unknown as FileSystemWritableFileStream;
          },
        });
        const { file, save } = keep(handle);
        await file.choose();
        for (const one of steps) {
          if (one.kind === 'save') save(`${one.text}`.repeat(20_000));
          else if (one.kind === 'wait') await wait(one.milliseconds);
          else if (one.kind === 'fail') fails = one.where;
          else void file.choose();
          // Whatever is under way, the file is one of the texts, whole.
          expect([...written, '', ...['0', '1', '2', '3'].map((text) => text.repeat(20_000))]).to.include(
            await textOf(real),
          );
        }
        await until(() => settled(file));
        fails = undefined;
        save(`last ${last}`);
        await until(() => file.state.status === 'current' && settled(file));
        expect(await textOf(real)).to.equal(`last ${last}`);
        file.stop();
      }),
      { numRuns: 25, includeErrorInReport: true },
    );
  });

  it('[D41] a burst is not written state by state, but its end is', async () => {
    const real = await newFile();
    let opened = 0;
    const handle = handleThat(real, {
      createWritable: () => {
        opened += 1;
        return real.createWritable();
      },
    });
    const { file, save } = keep(handle);
    await file.choose();
    for (let nth = 1; nth <= 50; nth += 1) save(`state ${nth}`);
    await until(() => file.state.status === 'current');
    expect(await textOf(real)).to.equal('state 50');
    expect(opened).to.be.at.most(2);
    file.stop();
  });

  it('[D42] does not write what the file holds already, but does where another write lies between', async () => {
    const real = await newFile();
    let opened = 0;
    const handle = handleThat(real, {
      createWritable: () => {
        opened += 1;
        return real.createWritable();
      },
    });
    const { file, save } = keep(handle);
    save('a');
    await file.choose();
    await until(() => file.state.status === 'current');
    save('a');
    await wait(20);
    expect(opened).to.equal(1);
    // Typed and taken back at once.
    save('b');
    save('a');
    await until(() => file.state.status === 'current');
    expect(opened).to.equal(1);
    // Typed and taken back while the first of the two is on its way.
    save('b');
    await until(() => opened === 2);
    save('a');
    expect(file.state.status).to.equal('writing');
    await until(() => file.state.status === 'current');
    expect(await textOf(real)).to.equal('a');
    expect(opened).to.equal(3);
    file.stop();
  });

  it('[D42] once stopped it writes what was told before, and nothing of the next report', async () => {
    const handle = await newFile();
    const { file, save } = keep(handle);
    await file.choose();
    await until(() => file.state.status === 'current');
    save('the last of this report');
    file.stop();
    expect(file.state).to.deep.equal({ status: 'off', name: null, at: null, reason: null });
    save('another report');
    await file.retry();
    await until(async () => (await textOf(handle)) === 'the last of this report');
    await wait(30);
    expect(await textOf(handle)).to.equal('the last of this report');
    expect(file.state.status).to.equal('off');
  });

  it('[D42] a report that was replaced while its user chose a file is not written over it', async () => {
    const handle = await newFile('somebody’s');
    let choose = (_handle: FileSystemFileHandle): void => {};
    const { file, save } = keep(handle, { pick: () => new Promise((resolve) => (choose = resolve)) });
    const choosing = file.choose();
    file.stop();
    choose(handle);
    await choosing;
    save('another report');
    await wait(30);
    expect(await textOf(handle)).to.equal('somebody’s');
    expect(file.state.status).to.equal('off');
  });

  it('[D42] the same file chosen again ends with the newer content, however slow the older write is', async () => {
    const real = await newFile();
    let slow = true;
    const handle = handleThat(real, {
      createWritable: async () => {
        const stream = await real.createWritable();
        const isSlow = slow;
        slow = false;
        return {
          write: (text: string) => stream.write(text),
          close: async () => {
            if (isSlow) await wait(60);
            await stream.close();
          },
          abort: () => stream.abort(),
        } as unknown as FileSystemWritableFileStream;
      },
    });
    const { file, type } = keep(handle);
    type('old');
    await file.choose();
    await wait(5);
    type('new');
    await file.choose();
    await until(() => file.state.status === 'current');
    await wait(80);
    expect(await textOf(real)).to.equal('new');
    file.stop();
  });

  it('[D43] a file that was deleted, one that may not be written and one that is busy say so, and recover', async () => {
    const real = await newFile();
    let refusal: string | undefined;
    let asked = 0;
    const handle = handleThat(real, {
      createWritable: () =>
        refusal === undefined ? real.createWritable() : Promise.reject(new DOMException('no', refusal)),
      requestPermission: () => {
        asked += 1;
        refusal = undefined;
        return Promise.resolve('granted');
      },
    } as object);
    const { file, save } = keep(handle);
    await file.choose();
    await until(() => file.state.status === 'current');
    const before = file.state.at;
    for (const [name, reason, words] of [
      ['NotAllowedError', 'permission', '浏览器不再允许写入'],
      ['QuotaExceededError', 'full', '磁盘空间不足'],
      ['NoModificationAllowedError', 'locked', '正被其他程序使用'],
      ['UnknownError', 'storage', '写入出错'],
    ] as const) {
      refusal = name;
      save(`with ${name}`);
      await until(() => file.state.status === 'failed');
      expect(file.state).to.include({ reason, name: real.name });
      expect(file.state.at! >= before!).to.equal(true);
      expect(backupFileWords(file.state)).to.include(words).and.to.include('下次改动时自动重试');
      refusal = undefined;
      save(`after ${name}`);
      await until(() => file.state.status === 'current');
      expect(await textOf(real)).to.equal(`after ${name}`);
    }
    refusal = 'NotAllowedError';
    save('withdrawn');
    await until(() => file.state.status === 'failed');
    await file.retry();
    await until(() => file.state.status === 'current');
    expect(asked).to.equal(1);
    expect(await textOf(real)).to.equal('withdrawn');
    file.stop();
  });

  it('[D43] a file that is really gone is missing or made anew, never called current without its content', async () => {
    const handle = await newFile();
    const { file, save } = keep(handle);
    await file.choose();
    await until(() => file.state.status === 'current');
    await (await navigator.storage.getDirectory()).removeEntry(handle.name);
    save('after it was deleted');
    await wait(5);
    await until(() => settled(file));
    if (file.state.status === 'failed') expect(file.state.reason).to.equal('missing');
    else expect(await textOf(handle)).to.equal('after it was deleted');
    file.stop();
  });

  it('[D43] a write that ends early leaves the file as it was, whole', async () => {
    const before = '前一版'.repeat(30_000);
    const real = await newFile(before);
    let aborted = 0;
    const handle = handleThat(real, {
      createWritable: async () => {
        const stream = await real.createWritable();
        return {
          write: async (text: string) => {
            await stream.write(text.slice(0, 100));
            // The half that was written is in no one's sight.
            expect(await textOf(real)).to.equal(before);
            throw new DOMException('full', 'QuotaExceededError');
          },
          close: () => stream.close(),
          abort: () => {
            aborted += 1;
            return stream.abort();
          },
        } as unknown as FileSystemWritableFileStream;
      },
    });
    const { file, save } = keep(handle);
    save('x'.repeat(200_000));
    await file.choose();
    await until(() => settled(file));
    expect(file.state).to.include({ status: 'failed', reason: 'full' });
    expect(await textOf(real)).to.equal(before);
    expect(aborted).to.equal(1);
    // The file can be written again.
    const other = keep(real);
    other.save('whole again');
    await other.file.choose();
    await until(() => settled(other.file));
    expect(await textOf(real)).to.equal('whole again');
    file.stop();
    other.file.stop();
  });

  it('[D43] after a write whose end is unknown nothing is taken for what the file holds', async () => {
    const real = await newFile();
    let isLying = false;
    const handle = handleThat(real, {
      createWritable: async () => {
        const stream = await real.createWritable();
        return {
          write: (text: string) => stream.write(text),
          close: async () => {
            await stream.close();
            if (isLying) throw new DOMException('who knows', 'UnknownError');
          },
          abort: () => Promise.reject(new TypeError('closed')),
        } as unknown as FileSystemWritableFileStream;
      },
    });
    const { file, save } = keep(handle);
    save('a');
    await file.choose();
    await until(() => file.state.status === 'current');
    isLying = true;
    save('b');
    await until(() => file.state.status === 'failed');
    isLying = false;
    save('a');
    await until(() => file.state.status === 'current');
    expect(await textOf(real)).to.equal('a');
    file.stop();
  });

  it('[D43] a write without an answer, and a report that cannot be written down, are failures', async () => {
    const real = await newFile();
    let answer = (): void => {};
    let stuck = false;
    const handle = handleThat(real, {
      createWritable: async () => {
        if (stuck) await new Promise<void>((resolve) => (answer = resolve));
        return real.createWritable();
      },
    });
    let broken = false;
    let text = 'a';
    const { file } = keep(handle, {
      patience: 30,
      content: () => {
        if (broken) throw new Error('cannot');
        return { text, digest: digestOfText(text) };
      },
    });
    await file.choose();
    await until(() => file.state.status === 'current');
    stuck = true;
    text = 'b';
    file.changed(digestOfText(text));
    await until(() => file.state.status === 'failed');
    expect(file.state.reason).to.equal('unsettled');
    stuck = false;
    answer();
    await until(() => file.state.status === 'current');
    expect(await textOf(real)).to.equal('b');
    broken = true;
    file.changed('another');
    expect(file.state).to.include({ status: 'failed', reason: 'content' });
    expect(backupFileWords(file.state)).to.include('内容无法写成文件');
    broken = false;
    // Taken back: the file holds it already, and that is said.
    file.changed(digestOfText('b'));
    await until(() => file.state.status === 'current');
    file.stop();
  });

  it('[D43] a choice that is given up changes nothing, one that is refused says why', async () => {
    const handle = await newFile();
    let error = 'AbortError';
    let picks = 0;
    const { file, states } = keep(handle, {
      pick: () => {
        picks += 1;
        return picks === 3 ? Promise.resolve(handle) : Promise.reject(new DOMException('no', error));
      },
    });
    expect(await file.choose()).to.equal(undefined);
    error = 'SecurityError';
    expect(await file.choose()).to.equal('permission');
    expect(states).to.deep.equal([]);
    await file.choose();
    await until(() => file.state.status === 'current');
    error = 'AbortError';
    await file.choose();
    expect(file.state).to.include({ status: 'current', name: handle.name });
    file.stop();
  });

  it('[D43] a browser without a dialog for it offers none', () => {
    expect(typeof filePicker(() => '年报.json')).to.equal(
      browser.browserName === 'firefox' ? 'undefined' : 'function',
    );
  });
});
