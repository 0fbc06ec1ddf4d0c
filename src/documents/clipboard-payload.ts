/**
 * How a payload lies on a clipboard beside text and table, for another editor of ours: under a type of its own, and in a
 * comment behind the table where that type is lost. Small, because it is asked at every paste. Knows no payload.
 */

/** What other programs pass over; Chromium and Firefox keep it within themselves. */
export const CLIPBOARD_TYPE = 'application/x-xxgk-annual-report+json';

const START = '<!--xxgk-annual-report ';
const END = '-->';

/** JSON as a comment of HTML: nothing in it ends the comment early. */
export function payloadComment(json: string): string {
  // Two dashes stand within a string only, where an escape means the same.
  return START + json.replace(/--/g, '-\\u002d') + END;
}

/** The payload that one of our editors put on the clipboard, undefined where none did. It is as untrusted as a file. */
export function payloadFromClipboard(data: { getData(type: string): string }): string | undefined {
  const json = data.getData(CLIPBOARD_TYPE);
  if (json !== '') return json;
  const html = data.getData('text/html');
  const start = html.indexOf(START);
  const end = html.indexOf(END, start);
  return start === -1 || end === -1 ? undefined : html.slice(start + START.length, end);
}
