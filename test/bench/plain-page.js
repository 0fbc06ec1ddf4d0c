// Sums and checks written out by hand with plain numbers: 34 totals, 42 equations, a list of those that fail.
const inputs = document.querySelectorAll('input');
const cells = {};
for (const input of inputs) cells[input.name] = input;

const columns = ['natural-person', 'enterprise', 'research', 'social', 'legal-service', 'other'];
const results = ['upheld', 'corrected', 'other', 'pending'];
const proceedings = ['review', 'litigation-direct', 'litigation-after-review'];
const rows = [
  ...new Set(
    [...inputs]
      .map((input) => input.name.split('/'))
      .filter((name) => name[0] === 'requests')
      .map((name) => name[1]),
  ),
];
const outcomes = rows.filter(
  (row) => !['received', 'carried-over', 'total', 'carried-forward'].includes(row),
);
const ofColumn = (column) => outcomes.map((row) => cells[`requests/${row}/${column}`]);
const ofRow = (row) => columns.map((column) => cells[`requests/${row}/${column}`]);
const ofCase = (row) => results.map((result) => cells[`proceedings/${row}/${result}`]);

// A total comes after its parts: columns first, then rows, the row of totals among them.
const totals = [
  ...columns.map((column) => [cells[`requests/total/${column}`], ofColumn(column)]),
  ...rows.map((row) => [cells[`requests/${row}/total`], ofRow(row)]),
  ...proceedings.map((row) => [cells[`proceedings/${row}/total`], ofCase(row)]),
];
const equations = [
  ...[...columns, 'total'].map((column) => [
    [cells[`requests/received/${column}`], cells[`requests/carried-over/${column}`]],
    [cells[`requests/total/${column}`], cells[`requests/carried-forward/${column}`]],
  ]),
  ...[...columns, 'total'].map((column) => [ofColumn(column), [cells[`requests/total/${column}`]]]),
  ...rows.map((row) => [ofRow(row), [cells[`requests/${row}/total`]]]),
  ...proceedings.map((row) => [ofCase(row), [cells[`proceedings/${row}/total`]]]),
];

function sum(parts) {
  let all = 0;
  for (const part of parts) {
    if (part.value === '') return NaN;
    all += Number(part.value);
  }
  return all;
}

function words(parts) {
  return parts.map((part) => part.getAttribute('aria-label')).join(' + ');
}

function calculate() {
  for (const [total, parts] of totals) {
    const value = sum(parts);
    const text = Number.isNaN(value) ? '' : String(value);
    if (total.value !== text) total.value = text;
  }
  const failing = [];
  for (const [left, right] of equations) {
    const a = sum(left);
    const b = sum(right);
    if (a === b || Number.isNaN(a) || Number.isNaN(b)) continue;
    const item = document.createElement('li');
    item.textContent = `${words(left)} = ${a}，${words(right)} = ${b}，相差 ${a - b}`;
    failing.push(item);
  }
  document.getElementById('count').textContent =
    failing.length === 0 ? '没有问题' : `有 ${failing.length} 处需要处理`;
  document.getElementById('failing').replaceChildren(...failing);
}

// Enter goes down (seven cells to a line in the second table), and leaving a cell is what changes it.
const order = [...inputs];
document.addEventListener('change', calculate);
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.target.tagName !== 'INPUT') return;
  event.preventDefault();
  const next = order[order.indexOf(event.target) + (event.target.name.startsWith('requests/') ? 7 : 1)];
  if (next === undefined) {
    event.target.blur();
    return;
  }
  next.focus();
  next.select();
});
calculate();
document.documentElement.dataset.ready = '';
