/** Of the window: whoever prevents it hands the file over in another way. */
const DOWNLOAD = 'xxgk-download';

/** Hands a text to the user as a file. */
export function downloadText(name: string, text: string): void {
  // In a frame Firefox asks the policy of the page around it, which has no reason to allow files from memory in frames.
  if (!window.dispatchEvent(new CustomEvent(DOWNLOAD, { cancelable: true, detail: { name, text } }))) return;
  const type = name.endsWith('.json') ? 'application/json' : 'text/plain;charset=utf-8';
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export interface PayloadNamed {
  readonly organization: string;
  readonly year: number | null | undefined;
  /** Not finished. */
  readonly draft: boolean;
}

/** The name of a payload as a file; `purpose` is what it is beyond the one that is handed on. */
export function payloadFileName({ organization, year, draft }: PayloadNamed, purpose = ''): string {
  return `政府信息公开年报_${unitInFileName(organization)}_${year ?? '未填年度'}${draft ? '_草稿' : ''}${purpose}.json`;
}

/** The name of a unit as a part of the name of a file. */
export function unitInFileName(unit: string): string {
  const name = unit.replace(/[\\/:*?"<>|\p{Cc}]/gu, '').slice(0, 60);
  return name === '' ? '未填单位' : name;
}

/** The name of a draft that cannot be read as a file. */
export function damagedFileName(nth: number): string {
  return `无法读取的草稿_${nth}.json`;
}
