/**
 * This year's requests against last year's: what was received, and each group of results of 表三, for one column. The
 * groups are those of the flow, and both formats have the same six. Knows no picture and says nothing in words.
 */
import type { Values } from '../checks/checked-report.ts';
import type { Format } from '../format/format.ts';
import { flowsOf, valuesInCells, type ColumnFlows, type Flow } from './flows.ts';

export interface ComparedYears {
  /** As on paper: 总计. */
  readonly label: string;
  /** 本年新收, then （一） to （六） of 三、本年度办理结果. */
  readonly groups: readonly ComparedGroup[];
}

export interface ComparedGroup {
  readonly id: string;
  readonly label: string;
  readonly now: Flow;
  readonly last: Flow;
}

/** This year as it stands in the cells; last year as it was stated. */
export function comparedYears(
  format: Format,
  values: Values,
  previous: Values,
  column = 'total',
): ComparedYears {
  const shown = ({ received, results }: ColumnFlows): readonly Flow[] => [received, ...results];
  const now = flowsOf(format, valuesInCells(values), column);
  const before = new Map(
    shown(flowsOf(previous.report.format, previous, column)).map((flow) => [flow.id, flow]),
  );
  return {
    label: now.label,
    groups: shown(now).flatMap((flow) => {
      const last = before.get(flow.id);
      return last === undefined ? [] : [{ id: flow.id, label: flow.label, now: flow, last }];
    }),
  };
}
