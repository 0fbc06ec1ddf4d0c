// The other half of commands.ts: does in the browser's driver what a page cannot do itself.

/** @typedef {import('puppeteer-core').Page} Page */

/** @type {(engine: string, key: string, shift: boolean) => any} */
function keyName(engine, key, shift) {
  // Over CDP a shifted letter or digit has to be named by its key on the keyboard, or `event.key` stays unshifted.
  if (engine === 'chromium' && shift) {
    if (/^[a-z]$/i.test(key)) return `Key${key.toUpperCase()}`;
    if (/^[0-9]$/.test(key)) return `Digit${key}`;
  }
  return key;
}

/** @type {WeakMap<Page, import('puppeteer-core').CDPSession>} */
const emulating = new WeakMap();

/** @type {Record<string, (page: Page, payload: any, engine: string) => Promise<unknown>>} */
const commands = {
  async press(page, { combo, times }, engine) {
    // The last plus of `Control++` is the key.
    const keys = combo.slice(0, -1).split('+');
    const key = keys.pop() + combo.slice(-1);
    for (let count = 0; count < times; count += 1) {
      for (const modifier of keys) await page.keyboard.down(modifier);
      try {
        await page.keyboard.press(keyName(engine, key, keys.includes('Shift')));
      } finally {
        for (const modifier of [...keys].reverse()) await page.keyboard.up(modifier);
      }
    }
  },
  async hold(page, { key, down }) {
    await (down ? page.keyboard.down(key) : page.keyboard.up(key));
  },
  async type(page, { text }) {
    await page.keyboard.type(text);
  },
  async click(page, { x, y, count, button, modifiers }) {
    for (const modifier of modifiers) await page.keyboard.down(modifier);
    try {
      await page.mouse.click(x, y, { count, button });
    } finally {
      for (const modifier of modifiers) await page.keyboard.up(modifier);
    }
  },
  async move(page, { x, y }) {
    await page.mouse.move(x, y, { steps: 3 });
  },
  async drag(page, { from, to }) {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 8 });
    await page.mouse.up();
  },
  async viewport(page, { width, height }) {
    await page.setViewport({ width, height });
  },
  async media(page, { type = '', features = [] }) {
    // Puppeteer knows fewer features than the browser, and what a session asked for goes with it.
    const session = emulating.get(page) ?? (await page.createCDPSession());
    emulating.set(page, session);
    await session.send('Emulation.setEmulatedMedia', { media: type, features });
  },
  async cdp(page, { method, params }, engine) {
    if (engine !== 'chromium') throw new Error('CDP is there in Chromium only.');
    const session = await page.createCDPSession();
    try {
      return await session.send(method, params);
    } finally {
      await session.detach();
    }
  },
};

export function commandsPlugin() {
  return {
    name: 'real-input',
    /** @param {{ command: string, payload?: any, session: any }} args */
    async executeCommand({ command, payload, session }) {
      const run = command.startsWith('real:') ? commands[command.slice('real:'.length)] : undefined;
      if (!run) return undefined;
      const page = session.browser.getPage(session.id);
      return { value: (await run(page, payload, session.browser.engine)) ?? null };
    },
  };
}
