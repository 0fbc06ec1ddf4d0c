/** Questions to the other side: each has a number and a time limit, and is answered once or fails. */

export interface Answer {
  readonly id: number;
  readonly ok: boolean;
  /** Where it is not `ok`: why. */
  readonly text: string;
}

/** Nobody has answered in time, or whoever was asked is gone. */
export const NO_ANSWER = 'no answer';

/** Nobody takes a finished report. */
export const NO_HOST = 'no host';

export interface Requests<A extends Answer> {
  /** Rejects with NO_ANSWER after `patience` milliseconds, or with what the other side says against it. */
  ask(send: (id: number) => void, patience: number): Promise<A>;
  /** An answer to nothing that was asked is none. */
  answered(answer: A): void;
  /** Whoever was asked is gone. */
  end(): void;
}

export function createRequests<A extends Answer>(): Requests<A> {
  const open = new Map<number, (answer: A | undefined) => void>();
  let last = 0;
  return {
    ask: (send, patience) =>
      new Promise<A>((resolve, reject) => {
        const id = (last += 1);
        const settle = (answer: A | undefined): void => {
          clearTimeout(timer);
          open.delete(id);
          if (answer && answer.ok) resolve(answer);
          else reject(new Error(answer ? answer.text : NO_ANSWER));
        };
        const timer = setTimeout(() => settle(undefined), patience);
        open.set(id, settle);
        send(id);
      }),
    answered(answer) {
      const settle = open.get(answer.id);
      if (settle) settle(answer);
    },
    end() {
      for (const settle of [...open.values()]) settle(undefined);
    },
  };
}
