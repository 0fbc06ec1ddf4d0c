/** The four levels in the words clerks use. */
import type { Severity } from './rule.ts';

export const SEVERITY_ZH: Readonly<Record<Severity, string>> = {
  format: '填写有误',
  must: '必须修改',
  verify: '需核实',
  info: '提示',
};
