/** What a host needs from outside: packages of npm and of Debian, kept outside this repository, and ports. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CannotRun } from './host.ts';

interface Ran {
  readonly status: number | null;
  readonly output: string;
}

/** The program's standard output, or why it failed: a registry that does not answer says so within its time. */
async function run(program: string, args: readonly string[], cwd: string): Promise<string> {
  const { status, output } = await new Promise<Ran>((done) => {
    let output = '';
    const child = spawn(program, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 300_000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => done({ status: null, output: error.message }));
    child.on('close', (status) => done({ status, output }));
  });
  if (status !== 0)
    throw new CannotRun(`${program} ${args.join(' ')} ended with ${status}: ${output.trim().slice(-300)}`);
  return output.trim();
}

const folderName = (packages: readonly string[], alone: boolean): string =>
  `${packages.join('+')}${alone ? '-alone' : ''}`.replace(/[^\w.@+-]/g, '-');

/** The node_modules folder with these packages in it. */
export async function installFromNpm(
  packages: readonly string[],
  alone: boolean,
  log: (line: string) => void,
): Promise<string> {
  const loose = packages.filter((name) => !/^(?:@[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(name));
  if (loose.length > 0) throw new Error(`Not an exact version: ${loose.join(', ')}.`);
  const common = join(tmpdir(), 'xxgk-hosts-npm');
  const folder = join(common, folderName(packages, alone));
  const modules = join(folder, 'node_modules');
  if (existsSync(modules)) return modules;
  log(`npm: ${packages.join(', ')}`);
  // Put in its place when it is complete: a run that is broken off leaves nothing half installed.
  const unfinished = `${folder}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(join(unfinished, 'node_modules'), { recursive: true });
  if (alone) {
    for (const one of packages) {
      const file = (await run('npm', ['pack', '--silent', one], unfinished)).split('\n').at(-1)!;
      const place = join(unfinished, 'node_modules', one.slice(0, one.lastIndexOf('@')));
      mkdirSync(place, { recursive: true });
      await run('tar', ['-xzf', join(unfinished, file), '--strip-components=1', '-C', place], unfinished);
      rmSync(join(unfinished, file));
    }
  } else {
    const quiet = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];
    await run(
      'npm',
      ['install', '--prefix', unfinished, ...quiet, '--loglevel=error', ...packages],
      unfinished,
    );
  }
  for (const one of packages) {
    const at = one.lastIndexOf('@');
    const manifest = join(unfinished, 'node_modules', one.slice(0, at), 'package.json');
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
    if (version !== one.slice(at + 1)) throw new Error(`${one} came as ${version}.`);
  }
  if (!existsSync(folder)) renameSync(unfinished, folder);
  return modules;
}

/** Installs those that are not installed yet; needs root. */
export async function installFromDebian(
  packages: readonly string[],
  log: (line: string) => void,
): Promise<void> {
  const installed = async (name: string): Promise<boolean> =>
    run('dpkg-query', ['-W', '-f', '${db:Status-Status}', name], '/').then(
      (state) => state === 'installed',
      () => false,
    );
  const missing: string[] = [];
  for (const name of packages) if (!(await installed(name))) missing.push(name);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0) throw new CannotRun(`needs root to install ${missing.join(' ')}`);
  log(`apt-get: ${missing.join(', ')}`);
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  await run('apt-get', [...wait, 'update'], '/');
  await run('apt-get', [...wait, 'install', '-y', '--no-install-recommends', ...missing], '/');
}

/** A port of this machine that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
