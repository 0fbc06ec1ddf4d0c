/**
 * One attempt: posts a payload to one address and reads what comes back, which is a stranger's text: bounded, and no more
 * of it understood than a few known members. Knows no queue.
 */
import type { Digest } from '../format/digest.ts';
import { parseGuarded } from '../format/guard-json.ts';
import { isObject } from './upstream-address.ts';

/**
 * `timeout`, `network`: no answer, or not all of it; `redirect`: sent elsewhere; `policy`: this page may not talk to
 * that address; `unclear`: an answer that does not say whether it has the report; `other`: it speaks of another report;
 * `stopped`: by a person; `damaged`: what was kept is no longer what was to be sent.
 */
export type Fault =
  'timeout' | 'network' | 'redirect' | 'policy' | 'unclear' | 'other' | 'stopped' | 'damaged';

export interface Attempt {
  /** When it began. */
  readonly at: number;
  /** Null where there was none. */
  readonly status: number | null;
  readonly fault: Fault | null;
  /** The first characters of the answer, as it came. */
  readonly answer: string;
  /** Its `message`, '' for none. */
  readonly message: string;
  /** Its `findings` in a line each. */
  readonly findings: readonly string[];
}

/** `undecided`: nobody knows whether it arrived. */
export type Verdict = 'accepted' | 'refused' | 'undecided' | 'waiting';

export interface Outcome {
  readonly attempt: Attempt;
  readonly verdict: Verdict;
  /** Whether it is tried again without being told to. */
  readonly again: boolean;
  /** Milliseconds the upstream asks to wait, 0 for none. */
  readonly wait: number;
}

/** Characters kept of an answer. */
export const ANSWER_KEPT = 2_000;
/** Bytes read of it. */
const ANSWER_READ = 65_536;
const LONGEST_WAIT = 3_600_000;
const MOST_FINDINGS = 20;
export const LONGEST_MESSAGE = 500;
export const LONGEST_FINDING = 200;

export interface SendOptions {
  readonly address: string;
  readonly payload: string;
  readonly digest: Digest;
  /** Milliseconds until an attempt is over. */
  readonly patience: number;
  /** Aborted by a person. */
  readonly signal: AbortSignal;
  readonly now: () => number;
}

interface Answer {
  readonly ok?: boolean | undefined;
  readonly digest?: string | undefined;
  readonly message: string;
  readonly findings: readonly string[];
}

/** Never rejects. */
export async function sendPayload(options: SendOptions): Promise<Outcome> {
  const { address, payload, digest, patience, signal, now } = options;
  const at = now();
  const ending = new AbortController();
  let late = false;
  const stop = (): void => ending.abort();
  const timer = setTimeout(() => {
    late = true;
    stop();
  }, patience);
  signal.addEventListener('abort', stop);
  const policy = watchPolicy(address);
  let status: number | null = null;
  let wait = 0;
  let text = '';
  let fault: Fault | null = null;
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: payload,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'manual',
      signal: ending.signal,
    });
    if (response.type === 'opaqueredirect') fault = 'redirect';
    else {
      status = response.status;
      wait = waitOf(response.headers.get('retry-after'), now());
      text = await bodyOf(response);
    }
  } catch {
    // Which of the two it was the page is told a moment later.
    await new Promise((done) => setTimeout(done));
    fault = signal.aborted ? 'stopped' : late ? 'timeout' : policy.blocked() ? 'policy' : 'network';
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    policy.end();
  }
  const answer = answerOf(text);
  const judged = judge(status, fault, answer, digest);
  return {
    attempt: {
      at,
      status,
      fault: judged.fault ?? fault,
      answer: text.slice(0, ANSWER_KEPT),
      message: answer?.message ?? '',
      findings: answer?.findings ?? [],
    },
    verdict: judged.verdict,
    again: judged.again ?? false,
    wait,
  };
}

interface Judgement {
  readonly verdict: Verdict;
  readonly again?: boolean;
  readonly fault?: Fault;
}

/** Only an answer that says so is an acceptance: a login page comes with status 200 too. */
function judge(
  status: number | null,
  fault: Fault | null,
  answer: Answer | undefined,
  digest: Digest,
): Judgement {
  if (fault === 'redirect') return { verdict: 'refused' };
  if (fault === 'policy') return { verdict: 'waiting' };
  if (fault !== null || status === null) return { verdict: 'undecided', again: fault !== 'stopped' };
  const isOurs = answer?.digest === digest;
  if (status >= 200 && status < 300) {
    if (answer?.ok === false) return { verdict: 'refused' };
    if (answer?.ok !== true) return { verdict: 'undecided', fault: 'unclear' };
    return isOurs || answer.digest === undefined
      ? { verdict: 'accepted' }
      : { verdict: 'undecided', fault: 'other' };
  }
  if (status === 409 && answer?.ok === true && isOurs) return { verdict: 'accepted' };
  // A gateway that heard nothing itself does not know either.
  if (status === 502 || status === 504) return { verdict: 'undecided', again: true };
  if (status >= 500 || [408, 425, 429].includes(status)) return { verdict: 'waiting', again: true };
  return status >= 400 ? { verdict: 'refused' } : { verdict: 'undecided', fault: 'unclear' };
}

/** The beginning of a body; rejects where it breaks off. */
async function bodyOf(response: Response): Promise<string> {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const charset = /charset="?([\w-]+)/i.exec(response.headers.get('content-type') ?? '')?.[1];
  let decoder = new TextDecoder();
  try {
    decoder = new TextDecoder(charset);
  } catch {
    // No name of an encoding.
  }
  let text = '';
  for (let read = 0; read < ANSWER_READ;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value.subarray(0, ANSWER_READ - read), { stream: true });
    read += value.length;
  }
  await reader.cancel().catch(() => undefined);
  return text;
}

function answerOf(text: string): Answer | undefined {
  const parsed = parseGuarded(text);
  if (!parsed.ok || !isObject(parsed.value)) return undefined;
  const { ok, digest, message, findings } = parsed.value;
  return {
    ok: typeof ok === 'boolean' ? ok : undefined,
    digest: typeof digest === 'string' ? digest : undefined,
    message: typeof message === 'string' ? inLine(message).slice(0, LONGEST_MESSAGE) : '',
    findings: (Array.isArray(findings) ? findings : [])
      .map((one: unknown) => {
        const { message: said, rule } = isObject(one) ? one : { message: one, rule: undefined };
        return [said, rule].find((words): words is string => typeof words === 'string') ?? '';
      })
      .filter((words) => words !== '')
      .slice(0, MOST_FINDINGS)
      .map((words) => inLine(words).slice(0, LONGEST_FINDING)),
  };
}

/** Without what would turn around or break the sentence it is put into. */
function inLine(words: string): string {
  return words.replace(/[\0-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
}

/** Seconds, or a date. */
function waitOf(header: string | null, now: number): number {
  if (header === null) return 0;
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return wait > 0 ? Math.min(wait, LONGEST_WAIT) : 0;
}

/** What the page's own policy keeps from going out looks like a broken network. */
function watchPolicy(address: string): { blocked(): boolean; end(): void } {
  let blocked = false;
  const hear = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent): void => {
    if (effectiveDirective === 'connect-src' && address.startsWith(blockedURI)) blocked = true;
  };
  document.addEventListener('securitypolicyviolation', hear);
  return {
    blocked: () => blocked,
    end: () => document.removeEventListener('securitypolicyviolation', hear),
  };
}
