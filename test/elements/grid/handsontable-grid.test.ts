/** The spreadsheet grid: the suite of every grid, and what only a grid drawn by Handsontable has to promise. */
import {
  createHandsontableGrid,
  HANDSONTABLE_GRID_CSS,
} from '../../../src/elements/grid/handsontable-grid.ts';
import type { GridOptions } from '../../../src/elements/grid/grid-port.ts';
import { describeGrid } from './grid-behaviour.ts';

const KEY = 'non-commercial-and-evaluation';
const create = (options: GridOptions) => createHandsontableGrid(options, KEY);

describeGrid('spreadsheet grid', create, HANDSONTABLE_GRID_CSS);
