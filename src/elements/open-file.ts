/** The text of a file that a person chose, or why it cannot be read. Knows nothing of what is in it. */
import { t } from '../format/language.ts';

/** Most bytes of a file that is read at all: more than a million characters of any text have in UTF-8. */
const MAX_FILE = 4_000_000;

export async function textOfFile(
  file: File,
): Promise<{ readonly text: string } | { readonly refusal: string }> {
  if (file.size > MAX_FILE)
    return { refusal: t`“${file.name}”过大，数据文件不应超过100万个字符，未读取。请确认选对了文件。` };
  let bytes: ArrayBuffer;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    return { refusal: t`“${file.name}”打不开，未读取。请检查文件是否还在原处。` };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { refusal: t`“${file.name}”不是 UTF-8 编码的数据文件，未读取。请使用本系统导出的 JSON 文件。` };
  }
}

/** Takes the chosen file out of its field, so that the same one can be chosen again. */
export function chosenFile(input: HTMLInputElement): File | undefined {
  const file = input.files?.[0];
  input.value = '';
  return file;
}
