/** Hands a text to the user as a file. */
export function downloadText(name: string, text: string): void {
  const type = name.endsWith('.json') ? 'application/json' : 'text/plain;charset=utf-8';
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The name of a unit as a part of the name of a file. */
export function unitInFileName(unit: string): string {
  const name = unit.replace(/[\\/:*?"<>|\p{Cc}]/gu, '').slice(0, 60);
  return name === '' ? '未填单位' : name;
}
