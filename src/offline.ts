/**
 * Entry of the page in one file: unpacks the program that the page carries, and runs it. The build puts the program beside
 * this, packed, because it is a third of what it is otherwise; the policy of the page knows it by its digest.
 */
import { unpackedBytes } from './elements/packed-text.ts';

const packed = document.querySelector('script[data-part="page"]')!;

function refuse(): void {
  const words = document.createElement('p');
  words.textContent =
    '本页没有打开：浏览器版本过旧（需要 Chromium 90 或 Firefox 113 以上的版本，双核浏览器请切换到极速模式），或文件不完整，请重新复制一份。';
  document.body.prepend(words);
}

async function run(): Promise<void> {
  const bytes = unpackedBytes(packed.textContent!);
  // It fails where a single bit is not as it was packed.
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const script = document.createElement('script');
  script.textContent = await new Response(unpacked).text();
  document.head.append(script);
}

run().catch((error: unknown) => {
  console.error(error);
  refuse();
});
