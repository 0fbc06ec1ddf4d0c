/** Entry for bundlers: brings the spreadsheet grid along. Needs `handsontable`, which the host installs. */
import * as spreadsheet from './elements/grid/handsontable-grid.ts';
import { spreadsheetFrom } from './elements/spreadsheet.ts';

spreadsheetFrom(() => Promise.resolve(spreadsheet));
