/** The processes of one browser, as Linux tells of them: to kill them all at once, or one kind of them. */
import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly command: string;
}

function processes(): Process[] {
  let names: string[];
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    try {
      const status = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The name of the program, in parentheses, may hold anything.
      const [state, parent, group] = status.slice(status.lastIndexOf(')') + 2).split(' ');
      if (state === 'Z') return [];
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return [{ pid: Number(name), parent: Number(parent), group: Number(group), command }];
    } catch {
      return [];
    }
  });
}

/** A browser's processes: its descendants, its group, and whatever else was started with its profile. */
export function processTree(root: number, profile: string): Process[] {
  const all = processes();
  const found = new Set([root]);
  for (const { pid, group, command } of all) if (group === root || command.includes(profile)) found.add(pid);
  for (let before = 0; before !== found.size;) {
    before = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  }
  return all.filter(({ pid }) => found.has(pid) && pid !== process.pid);
}

export function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // Gone already.
    }
  }
}

/** SIGKILL for all of them; returns when none is left. */
export async function killTree(root: number, profile: string): Promise<void> {
  const tree = processTree(root, profile).map(({ pid }) => pid);
  // The whole group in one call, then those who left it.
  signal([-root, ...tree, root], 'SIGKILL');
  const end = Date.now() + 10_000;
  const left = (): number[] =>
    processTree(root, profile)
      .map(({ pid }) => pid)
      .filter((pid) => pid === root || tree.includes(pid));
  while (left().length > 0) {
    if (Date.now() > end) throw new Error(`Processes outlive SIGKILL: ${left().join(', ')}`);
    await new Promise((done) => setTimeout(done, 10));
  }
}
