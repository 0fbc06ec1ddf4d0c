/** What a host (a CMS, a form, a page of frames) gives the harness, and what the harness gives a host. Knows no host. */
import type { BrowserName } from '../browser/find-browsers.mjs';
import type { TestBrowser } from '../pages/page-fixture.ts';

export interface Host {
  /** Also the name of its file here and of its folder under demo/hosts/. */
  readonly name: string;
  /** What it needs beside this repository, in words: 'nothing', 'jquery@1.12.4 from npm'. */
  readonly needs: string;
  /** Boots the host, drives it by keyboard and mouse, ends what it started. What it throws is a failure. */
  run(tools: HostTools): Promise<HostResult>;
}

export interface HostResult {
  /** What was seen to hold. An id of test/SPEC.md before it (`[E290] …`) is not printed. */
  readonly passed: readonly Passed[];
  /** What did not, each in one sentence. */
  readonly failed: readonly string[];
  /** Milliseconds from the script tag to an editor that can be typed into; see usable.ts. NaN where it was not measured. */
  readonly usableAfter: number;
  /** What a reader of the line should know besides. */
  readonly notes: readonly string[];
}

export interface Passed {
  readonly what: string;
  /** How long it took, where that is worth telling. */
  readonly milliseconds?: number;
}

export interface HostTools {
  /** The browsers asked for, the most important one first. */
  readonly browsers: readonly BrowserName[];
  /** Little of each. */
  readonly short: boolean;
  /** A folder of this run of this host under the system's folder for such; deleted afterwards. */
  readonly scratch: string;
  /** dist/ of this repository, built from what is here now. */
  readonly dist: string;
  /** A browser with a profile of its own, started with its first page, closed by the harness where the host does not. */
  browser(name?: BrowserName): TestBrowser;
  readonly install: {
    /**
     * Packages of npm at exact versions ('vue@2.7.16'), outside this repository, kept for the next run. Gives the
     * node_modules folder. `alone` leaves out what they depend on: for packages that ship one built file.
     * Throws `CannotRun`.
     */
    npm(packages: readonly string[], options?: { readonly alone?: boolean }): Promise<string>;
    /** Packages of Debian, where they are not installed yet. Throws `CannotRun`. */
    debian(packages: readonly string[]): Promise<void>;
  };
  freePort(): Promise<number>;
  /** A line of progress, on standard error. */
  log(line: string): void;
}

/** The host could not be booted here, which says nothing about the element. Its sentence says why. */
export class CannotRun extends Error {}
