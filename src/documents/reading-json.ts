/** How a document was read, as data for other programs: the reading report by cell ids, no sentences. */
import { numberOrNull } from '../format/quantity.ts';
import type { DocumentReading } from './document-reading.ts';

export function readingJson({ source, version, report, cells }: DocumentReading): object {
  return {
    source,
    format: version,
    ...report,
    inferred: [...cells.values()].flatMap(({ confidence, cell }) =>
      confidence === 'inferred' ? [cell] : [],
    ),
    uncertain: report.uncertain.map(({ cell, doubt }) => {
      const found = cells.get(cell);
      const candidate = found?.entry.kind === 'uncertain' ? found.entry.candidate : undefined;
      return {
        cell,
        doubt,
        raw: found?.raw ?? '',
        candidate: numberOrNull(candidate),
        place: found?.place ?? null,
      };
    }),
    totals: report.totals.map(({ cell, printed, computed }) => ({
      cell,
      printed: numberOrNull(printed),
      computed: numberOrNull(computed),
    })),
  };
}
