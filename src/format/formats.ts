/** The catalogue of format versions. */
import { format2019 } from './format-2019.ts';
import { format2021 } from './format-2021.ts';
import { zh } from './language.ts';
import type { Format, FormatVersion } from './format.ts';

export const FORMATS: Readonly<Record<FormatVersion, Format>> = { '2021': format2021, '2019': format2019 };

export const FORM_ZH: Readonly<Record<FormatVersion, string>> = {
  '2019': zh`2019年试行格式`,
  '2021': zh`2021年格式`,
};

/** The first report year for which only the 2021 format is right (国办公开办函〔2021〕30号). */
export const FIRST_YEAR_OF_2021_FORMAT = 2021;

export function isFormatVersion(text: unknown): text is FormatVersion {
  return text === '2021' || text === '2019';
}
