/**
 * Bytes as text that a page can carry in a script element: four bytes in five of 85 letters, none of which ends or
 * escapes anything in HTML. A sixteenth smaller than base64, which the page in one file needs.
 */
const LETTERS = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index))
  .filter((letter) => !'"&\'<>\\`'.includes(letter))
  .slice(0, 85)
  .join('');

/** Of n bytes left over at the end, n + 1 letters. */
export function packedText(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 4) {
    const count = Math.min(4, bytes.length - at);
    let number = 0;
    for (let index = 0; index < 4; index += 1) number = number * 256 + (bytes[at + index] ?? 0);
    let letters = '';
    for (let index = 0; index < 5; index += 1) {
      letters = LETTERS[number % 85]! + letters;
      number = Math.floor(number / 85);
    }
    parts.push(letters.slice(0, count + 1));
  }
  return parts.join('');
}

/** What `packedText` was given. Throws where the text is none of its making. */
export function unpackedBytes(text: string): Uint8Array<ArrayBuffer> {
  const values = new Int16Array(128).fill(-1);
  for (let index = 0; index < 85; index += 1) values[LETTERS.charCodeAt(index)] = index;
  const bytes = new Uint8Array(Math.floor((text.length * 4) / 5));
  const view = new DataView(new ArrayBuffer(4));
  for (let at = 0, to = 0; at < text.length; at += 5, to += 4) {
    const count = Math.min(5, text.length - at);
    let number = 0;
    for (let index = 0; index < 5; index += 1) {
      const value = index < count ? (values[text.charCodeAt(at + index)] ?? -1) : 84;
      if (value < 0) throw new Error(`Letter ${at + index} is none of ours.`);
      number = number * 85 + value;
    }
    view.setUint32(0, number);
    for (let index = 0; index < count - 1; index += 1) bytes[to + index] = view.getUint8(index);
  }
  return bytes;
}
