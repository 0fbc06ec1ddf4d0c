/** Whether some bytes say that they are a PDF. Whoever has to bring along what reads PDF asks this first. */

/** Readers of PDF look for its mark within the first 1,024 bytes; mail gateways put lines before it. */
export function hasPdfMark(bytes: Uint8Array): boolean {
  let head = '';
  for (const byte of bytes.subarray(0, 1_024)) head += String.fromCharCode(byte);
  return head.includes('%PDF-') && !/^\s*[<{[]/.test(head);
}
