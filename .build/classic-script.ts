/** The classic script: `src/classic.ts` in the syntax and the characters of any browser and any page. */
import { createHash } from 'node:crypto';
import { transform } from 'esbuild';

/** As in an `integrity` attribute. */
export const integrityOf = (content: string | Buffer): string =>
  `sha384-${createHash('sha384').update(content).digest('base64')}`;

/** `program` is the text of the file that the script puts into the page from beside it. */
export async function classicScript(source: string, file: string, program: string): Promise<string> {
  const { code } = await transform(source, {
    loader: 'ts',
    // Rejects what it cannot say in ES5.
    target: 'es5',
    format: 'iife',
    charset: 'ascii',
    minify: true,
    define: {
      PROGRAM_FILE: JSON.stringify(file),
      PROGRAM_INTEGRITY: JSON.stringify(integrityOf(program)),
    },
  });
  return code;
}
