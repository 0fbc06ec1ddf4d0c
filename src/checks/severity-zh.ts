/** The four levels in the words clerks use. */
import { zh } from '../format/language.ts';
import type { Severity } from './rule.ts';

export const SEVERITY_ZH: Readonly<Record<Severity, string>> = {
  format: zh`填写有误`,
  must: zh`必须修改`,
  verify: zh`需核实`,
  info: zh`提示`,
};
