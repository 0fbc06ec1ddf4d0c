/** A host's own server as a program of its own, as its README starts it; ended with the host. */
import { spawn, type ChildProcess } from 'node:child_process';

const running = new Set<ChildProcess>();

export interface Server {
  /** What it said so far, on either stream. */
  readonly said: string;
  /** As its user would end it; returns when it has ended. */
  stop(): Promise<void>;
}

/** Starts a program in a process group of its own and waits until `url` answers anything. */
export async function startServer(
  program: string,
  args: readonly string[],
  { url, cwd, env = {}, patience = 20_000 }: ServerOptions,
): Promise<Server> {
  let said = '';
  const child = spawn(program, args, {
    cwd,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  running.add(child);
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.on('error', (error) => (said += error.message));
  const end = Date.now() + patience;
  for (;;) {
    if (child.exitCode !== null)
      throw new Error(`${program} ${args.join(' ')} ended at once: ${said.slice(-500)}`);
    const answer = await fetch(url, { redirect: 'manual' }).catch(() => undefined);
    if (answer !== undefined) break;
    if (Date.now() > end) throw new Error(`${url} does not answer; ${program} says: ${said.slice(-500)}`);
    await new Promise((done) => setTimeout(done, 50));
  }
  return {
    get said() {
      return said;
    },
    stop: () => stop(child),
  };
}

export interface ServerOptions {
  readonly url: string;
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly patience?: number;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
    running.delete(child);
    return;
  }
  const ended = new Promise((done) => child.once('close', done));
  process.kill(-child.pid, 'SIGTERM');
  const late = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), 5_000);
  await ended;
  clearTimeout(late);
  // Not before: whoever ends all of them waits for this one too.
  running.delete(child);
}

export async function endServers(): Promise<void> {
  await Promise.all([...running].map((child) => stop(child).catch(() => undefined)));
}
