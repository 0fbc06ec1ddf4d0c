/** The editor, its tables, the list of findings, sign-off and last year's report in English. */
import type { Phrase } from './english.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const month = (number = ''): string => MONTHS[Number(number) - 1] ?? number;
/** What the button is called that hands the report on, within a sentence. */
const small = (label: string): string => label.charAt(0).toLowerCase() + label.slice(1);

export const EDITOR: Readonly<Record<string, Phrase>> = {
  'zh-CN': 'en',
  '{0}月{1}日 {2}': (months, day, time) => `${day} ${month(months)}, ${time}`,
  '{0}年{1}月{2}日 {3}': (year, months, day, time) => `${day} ${month(months)} ${year}, ${time}`,
  '{0}年{1}月{2}日': (year, months, day) => `${day} ${month(months)} ${year}`,
  '“{0}”：{1}': '"{0}": {1}',
  '{0}：{1}': '{0}: {1}',
  '{0}。': '{0}.',

  // Head
  单位类别: 'Kind of unit',
  未选择: 'Not chosen',
  '县（区）直部门': 'County (district) bureau',
  乡镇人民政府: 'Township government',
  街道办事处: 'Subdistrict office',
  '县（区）政府办公室（主管部门）': 'County (district) government office (in charge of disclosure)',
  '开发区（园区）管委会': 'Development zone committee',
  公共企事业单位: 'Public enterprise or institution',
  垂直管理单位: 'Agency under vertical management',
  '县（区）人民政府（汇总）': 'County (district) government (as a whole)',
  市直部门: 'City bureau',
  市人民政府: 'City government',
  省直部门: 'Provincial bureau',
  省人民政府: 'Provincial government',
  国务院部门: 'Ministry of the State Council',
  其他: 'Other',
  '请填 2008 至 2100 的四位数字': 'Enter the year: four digits, 2008 to 2100',
  '格式：{0}': 'Format: {0}',
  '2019年试行格式': '2019 trial format',
  '2021年格式': '2021 format',

  // Buttons and notices
  检查: 'Check',
  提交: 'Submit',
  生成报送文件: 'Create the file to hand in',
  撤销: 'Undo',
  重做: 'Redo',
  '导入…': 'Import...',
  复制: 'Copy',
  下载备份: 'Download backup',
  草稿与备份: 'Drafts and backups',
  快捷键: 'Keys',
  核对结果: 'Results of the checks',
  知道了: 'OK',
  '程序没有完整载入（缺少读取报告的部分），未读取。请刷新本页后再试。':
    'The program is not complete (the part that reads reports is missing); nothing was read. Reload this page and try again.',
  '报告现在不能修改，没有导入。': 'The report cannot be changed now; nothing was imported.',
  '导入功能没有载入，没有导入。请刷新本页后再试，填写的内容不受影响。':
    'The import could not be loaded; nothing was imported. Reload this page and try again. What was entered is not affected.',
  '提交功能没有载入，未提交。请刷新本页后再试，填写的内容不受影响。':
    'The sign-off could not be loaded; nothing was submitted. Reload this page and try again. What was entered is not affected.',
  '复制功能没有载入，请刷新本页后再试。填写的内容不受影响。':
    'Copying could not be loaded. Reload this page and try again. What was entered is not affected.',
  '打印功能没有载入，请刷新本页后再试。填写的内容不受影响。':
    'Printing could not be loaded. Reload this page and try again. What was entered is not affected.',
  '浏览器没有打开打印窗口：本页面可能不允许打印。请下载备份，在单独的页面中打开后打印。':
    'The browser did not open its window for printing: the page may not allow it. Download a backup, open it in a page of its own, and print from there.',
  '零报告功能没有载入，请刷新本页后再试。填写的内容不受影响。':
    'Zero reports could not be loaded. Reload this page and try again. What was entered is not affected.',
  '填报说明没有载入，请刷新本页后再试。填写的内容不受影响。':
    'The help could not be loaded. Reload this page and try again. What was entered is not affected.',
  '草稿功能正在准备，请稍候再试。': 'Drafts are being prepared. Try again in a moment.',
  '还没有{0}：有需要处理的问题，请按清单逐项处理。': (label = '') =>
    `${label === 'Submit' ? 'Not submitted yet' : `Not done yet (${label})`}: there are problems to deal with. Go through the list.`,
  '已{0}': (label) => (label === 'Submit' ? 'Submitted' : `Done: ${label}`),
  '已{0} {1}': (label, time) => `${label === 'Submit' ? 'Submitted' : `Done: ${label}`} ${time}`,
  '本格没有需要说明的问题。': 'Nothing in this cell asks for an explanation.',
  '没有问题。': 'No problems.',
  '正在读取报告…': 'Reading the report...',
  '{0}原有内容已原样保留，没有改动。': '{0} The original content is kept as it is, unchanged.',
  '网页中没有 id 为“{0}”的文本框，填写的内容不会随网页保存。请先下载备份，并联系系统管理员。':
    'The page has no text field with the id "{0}"; what is entered will not be saved with the page. Download a backup, and tell the administrator of the system.',
  '网页的栏目最多存 {0} 个字符，本报告的数据有 {1} 个，保存后会被截断。请先下载备份，并联系系统管理员。':
    'The field of the page holds at most {0} characters, the data of this report has {1} and would be cut off when it is saved. Download a backup, and tell the administrator of the system.',
  '有{0}处需要处理：{1}': '{0} {0|problem|problems} to deal with: {1}',
  '核对规则：{0}': 'Rules: {0}',
  '{0}现仍按内置的核对规则核对。': '{0} The official rules are in force.',
  '其余停用、调整的规则': 'Other rules that are switched off or changed',

  // Tables
  '{0}工具': 'Tools for {0}',
  '空白填 0': 'Fill blanks with 0',
  '本表本年确无此类情况，全部为零': 'There was nothing of this kind this year: all cells are zero',
  '零报告{0}': 'Zero report{0}',
  复制本表: 'Copy this table',
  '把纸质报表或台账上的总计录入，用来核对；不会覆盖自动计算的总计。':
    'Enter the totals of the paper form or the ledger to check against; they never replace the computed totals.',
  录入核对数: 'Enter control totals',
  '{0}行{1}列': '{0} {0|row|rows} by {1} {1|column|columns}',
  '粘贴的内容过多（{0}），一次最多2000格，没有写入任何数据。请只复制表格中的数字部分。':
    'Too much was pasted ({0}); at most 2000 cells at once. Nothing was written. Copy the numbers of the table only.',
  '粘贴的内容读不出表格，没有写入任何数据。请从表格软件中复制数字部分。':
    'What was pasted is no table. Nothing was written. Copy the numbers from a spreadsheet program.',
  '报告现在不能修改，粘贴的内容没有写入。': 'The report cannot be changed now; nothing was pasted.',
  '已写入{0}格；总计是自动计算的，有{1}格没有写入。要录入总计请勾选“录入核对数”。':
    '{0} {0|cell|cells} written. Totals are computed, so {1} {1|cell was|cells were} left out. To enter totals, tick "Enter control totals".',
  '粘贴的内容（{0}）超出了表格范围：已写入{1}格，超出部分没有写入。可按 Ctrl+Z 撤销。':
    'What was pasted ({0}) does not fit into the table: {1} {1|cell|cells} written, the rest was left out. Ctrl+Z takes it back.',
  '{0}已撤回零报告，数据没有改动。': '{0} is no longer a zero report; no number was changed.',
  '{0}已作零报告：本年确无此类情况，空白格已填 0。可以撤销。':
    '{0} is a zero report: there was nothing of this kind this year; blank cells were filled with 0. This can be undone.',
  '{0}有 {1} 格填的不是 0，不能作零报告，没有改动。确为零报告的，请先把这些格改为 0。':
    '{0} has {1} {1|cell that is|cells that are} not 0 and cannot be a zero report; nothing was changed. If it is one, change {1|this cell|these cells} to 0 first.',
  '合 {0} 元': '= {0} yuan',
  '（无数字）': '(no number)',
  '核对数 {0}': 'Control total {0}',
  自动计算: 'computed',
  待确认: 'to be confirmed',
  '原表合并，无此格': 'merged in the source, no such cell',
  '{0} 处问题：': '{0} {0|problem|problems}: ',
  单元格操作: 'Cell',
  填写说明: 'Help',
  剪切: 'Cut',
  粘贴请按: 'To paste, press',
  清空: 'Clear',
  向下填充: 'Fill down',
  '没有复制：{0}': 'Not copied: {0}',
  '没有复制成功：浏览器没有允许。请再按一次；仍不行的，请在表格中按 Ctrl+A、Ctrl+C 复制数字。':
    'Not copied: the browser did not allow it. Press once more; if that does not help, press Ctrl+A and Ctrl+C in the table to copy the numbers.',
  '已复制{0}，可粘贴到 Word、WPS、Excel 或网页编辑器。{1}':
    'Copied {0}; it can be pasted into Word, WPS, Excel or a web editor. {1}',
  三张表: 'the three tables',
  '其中 {0} 格还没有填，复制后是空白。':
    '{0} {0|cell is|cells are} not filled in yet and {0|is|are} copied as blank.',

  // Status bar
  状态栏: 'Status',
  '已填 {0}/{1} · 已确认为零 {2}{3}': 'Filled {0}/{1} · zero {2}{3}',
  ' · 不适用 {0}': ' · not applicable {0}',
  '求和 {0}　计数 {1}': 'Sum {0}, count {1}',
  在线: 'Online',
  '离线（可继续填写）': 'Offline (you can go on)',
  '{0}期限{1}年{2}月{3}日': (which, year, months, day) => `${which} ${day} ${month(months)} ${year}`,
  法定: 'statutory deadline',
  报送: 'deadline',
  '{0}已过 {1} 天': '{1} {1|day|days} past the {0}',
  '距{0}还有 {1} 天': '{1} {1|day|days} to the {0}',

  // Findings
  '检查通过，没有需要处理的问题': 'Checked: nothing to deal with',
  '填写中，暂未发现问题': 'In progress, no problems so far',
  暂未发现问题: 'No problems so far',
  '有 {0} 处需要处理': '{0} {0|problem|problems} to deal with',
  '问题清单没有载入，请刷新本页后再试。出错的格已在表中标出，填写的内容不受影响。':
    'The list of problems could not be loaded. Reload this page and try again. Wrong cells are marked in the tables; what was entered is not affected.',
  看可能的原因: 'See likely causes',
  '未填完：{0} 项勾稽关系还有空格，填完后自动核对。':
    'Unfinished: {0} {0|equation waits|equations wait} for blank cells and {0|is|are} checked when they are filled in.',
  '{0} {1}　依据：{2}': '{0} {1} · basis: {2}',
  不录核对数: 'No control total',
  '改为 0': 'Change to 0',
  '确认为 {0}': 'Confirm {0}',
  '还有 {0} 格空白。没有发生的请填 0。':
    '{0} {0|cell is|cells are} still blank. Enter 0 where there was none.',
  '这些空白全部填 0': 'Fill all these blanks with 0',
  撤回: 'Withdraw',
  已核实: 'Verified',
  '已核实 {0}': 'Verified {0}',
  签发后的改动: 'Changes since sign-off',
  '上次签发（{0}）以来改动了 {1} 格': '{1} {1|cell|cells} changed since the last sign-off ({0})',
  '改动后的报告需要重新签发。': 'A changed report has to be signed off again.',
  签发已失效: 'The sign-off has lapsed',
  '签发（{0}）已失效：签发以后报告曾在别处被改动，改了哪些无从得知。请逐项核对，重新签发。':
    'The sign-off of {0} has lapsed: the report was changed elsewhere after it, nobody can tell where. Check every figure and sign it off anew.',
  '没有填写填报人、审核人或负责人：报告不会写明由谁签发，接收方可能退回。':
    'No filler, reviewer or head is given: the report will not say who signed it, and its receiver may refuse it.',
  '{0}：{1} 改为 {2}': '{0}: {1} changed to {2}',
  '共 {0} 格，全部列出': 'List all {0} cells',
  可能的原因: 'Likely causes',
  按此修改: 'Change it so',
  '数值已变，原来的{0}不再适用，请重新核实。':
    'The figures have changed, so the {0} no longer applies. Verify it again.',
  确认: 'confirmation',
  '说明“{0}”': 'explanation "{0}"',
  确认无误: 'Right as it is',
  说明原因: 'Explain',
  已确认无误: 'Confirmed as right',
  '说明：{0}': 'Explanation: {0}',
  '原因（会随报告保存和报送）': 'Reason (saved and handed in with the report)',
  '上年说明：{0}': 'Last year: {0}',
  保存说明: 'Save explanation',
  取消: 'Cancel',

  // The picture of the flow
  与上年比较: 'Compared with last year',
  '与上年比较（{0}列）': 'Compared with last year (column {0})',
  '本年 {0}': 'this year {0}',
  '{0}本年 {1}，上年 {2}': '{0}: this year {1}, last year {2}',
  增减: 'Change',
  办理情况流向图: 'Flow of requests',
  有缺口: 'with gaps',
  '另有缺口的列：': 'Other columns with gaps: ',
  '本列没有缺口，有缺口的列：': 'No gap in this column; columns with gaps: ',
  '申请人：': 'Applicant: ',
  用数字看: 'In figures',
  '{0}列的来源和去向': 'Where the requests of column {0} come from and where they go',
  本年新收: 'Received',
  上年结转: 'Carried over',
  结转下年度: 'Carried forward',
  未填完: 'unfinished',
  缺口: 'gap',
  '{0}：查看可疑的格': '{0}: see suspected cells',
  '{0}列：': 'Column {0}: ',
  '新收 {0}＋上年结转 {1}': 'received {0} + carried over {1}',
  '办理结果 {0}＋结转下年度 {1}': 'results {0} + carried forward {1}',
  '{0}{1}；{2}，未填完。{3}': '{0}{1}; {2}; unfinished. {3}',
  '{0}{1}＝{2}；{3}＝{4}': '{0}{1} = {2}; {3} = {4}',
  '{0}。{1}': '{0}. {1}',
  '{0}，平衡。{1}': '{0}; balanced. {1}',
  '各项办理结果未填完。': 'The results are unfinished.',
  未填: 'blank',
  '{0}（未填完）': '{0} (unfinished)',
  '{0}缺口 {1}': (which, size) => (which === '' ? `Gap ${size}` : `${which}: gap ${size}`),
  '（七）总计': '（七）总计',
  '来源多出 {0}（新收＋上年结转多于办理结果＋结转）。':
    '{0} more come in than go out (received + carried over exceed results + carried forward).',
  '去向多出 {0}（办理结果＋结转多于新收＋上年结转）。':
    '{0} more go out than come in (results + carried forward exceed received + carried over).',
  '各项办理结果相加，比（七）总计多出 {0}。': 'The results add up to {0} more than （七）总计.',
  '（七）总计比各项办理结果相加多出 {0}。': '（七）总计 is {0} more than the results add up to.',
  平衡: 'balanced',
  '{0}列有负数，画不出流向。请先改正。':
    'Column {0} has a negative number and cannot be drawn. Correct it first.',
  '{0}列还没有填写。': 'Column {0} is not filled in yet.',
  '{0}列未填完，已填的都是 0。': 'Column {0} is unfinished; all that is filled in is 0.',
  '{0}列各项都是 0。': 'Everything in column {0} is 0.',

  // Keys
  方向键: 'Arrow keys',
  移动: 'Move',
  '下移 / 上移': 'Down / up',
  '下一格 / 上一格，到头后离开表格': 'Next / previous cell; leaves the table at its end',
  'Esc，再按 Tab': 'Esc, then Tab',
  离开表格: 'Leave the table',
  '本行首格 / 末格；加 Ctrl 为全表': 'First / last cell of the row; with Ctrl, of the table',
  'Shift+方向键': 'Shift+arrow keys',
  '选取多格；Ctrl+A 全选': 'Select several cells; Ctrl+A selects all',
  修改本格: 'Edit the cell',
  取消修改: 'Cancel the edit',
  '清空（空白不等于 0）': 'Clear (blank is not 0)',
  填入所有选中的格: 'Enter into all selected cells',
  '复制 / 剪切 / 粘贴': 'Copy / cut / paste',
  '撤销 / 重做': 'Undo / redo',
  本行填写说明: 'Help for the row',
  说明本格需核实的问题: 'Explain what is to be verified in the cell',
  '下一个 / 上一个问题': 'Next / previous problem',
  立即暂存草稿: 'Save the draft now',
  '右键菜单（电子表格）': 'Context menu (spreadsheet)',
  显示或关闭本说明: 'Show or close this list',
  '快捷键说明已显示在核对结果栏中。': 'The keys are listed beside the tables.',
  关闭说明: 'Close',
  '依据：{0}': 'Basis: {0}',
  '（仅供参考，以主管部门要求为准）': '(For reference; the authority in charge decides)',

  // Last year
  '上年报告：{0}': "Last year's report: {0}",
  '已打开上年报告，正在与 {0} 年度的数据核对。':
    "Last year's report is open; the figures are checked against {0}.",
  '报告年度现为 {0} 年，{1} 年度的上年报告不再适用，已停止跨年核对。需要时请重新打开上年报告。':
    "The report year is {0} now; the report for {1} is no longer last year's, and the checks across years have ended. Open last year's report again if you need it.",
  '已停止使用“{0}”的上年报告。需要时请打开本单位的上年报告。':
    'Last year\'s report of "{0}" is no longer used. Open that of this unit if you need it.',
  '打开上年报告…': "Open last year's report...",
  上年报告的文件: "File of last year's report",
  '打开后填入“上年结转”，并逐格对照上年数据。':
    "It fills in what was carried over, and shows last year's figures beside the cells.",
  '（未填单位）': '(no unit given)',
  '（未填年度）': '(no year given)',
  '上年报告：{0} {1} 年度（{2}）': "Last year's report: {0}, {1} ({2})",
  显示上年数据: "Show last year's figures",
  '按上年数据填“上年结转”（{0} 格）': 'Fill in carried over from last year ({0} {0|cell|cells})',
  '按上年数据改“上年结转”（{0} 格不同）':
    'Correct carried over from last year ({0} {0|cell differs|cells differ})',
  停止使用: 'Stop using it',
  '上年“结转下年度继续办理”': "last year's carried forward",
  '与{0}{1} 一致': 'same as {0} {1}',
  '上年 {0}': 'last yr {0}',
  '{0}，{1} {2}': '{0}, {1} {2}',
  增加: 'up by',
  减少: 'down by',
  '上年报告应为 {0} 年度，打开的是 {1} 年度，没有使用。请核对报告年度或换一个文件。':
    "Last year's report should be for {0}, but this one is for {1}; it is not used. Check the report year, or choose another file.",
  '，当前报告为{0}': ' and this report in the {0}',
  '上年报告为{0}{1}：表三、表四照常核对；规章、行政规范性文件和行政事业性收费口径不同，（六）其他处理分项不同，不作比较。':
    "Last year's report is in the {0}{1}: 表三 and 表四 are checked as usual; rules, normative documents and fees are counted differently, and （六）其他处理 is divided differently, so they are not compared.",
  '（六）其他处理有一年只有一行，没有分项，不作比较。':
    '（六）其他处理 has only one row in one of the years and is not compared.',
  '上年报告是未定稿的草稿，请与已公布的上年报告核对。':
    "Last year's report is an unfinished draft. Compare it with the published one.",
  '上年报告是“{0}”的报告，当前报告是“{1}”，请确认是否同一单位。不是的，请停止使用上年数据。':
    'Last year\'s report is that of "{0}", this one of "{1}". Check whether they are the same unit; if not, stop using it.',
  '当前报告没有填报告年度，请先填写，再确认上年报告是上一年度的。':
    "This report has no report year. Fill it in, then check that last year's report is for the year before.",
  '上年报告没有填报告年度，请确认是上一年度的报告。':
    "Last year's report has no report year. Check that it is for the year before.",
  '{0}有 {1} 格没有有效的件数（{2}），未填入“上年结转”，请核对上年报告后填写。':
    "Of {0}, {1} {1|cell has|cells have} no valid number ({2}), so carried over was not filled in there. Check last year's report and fill it in.",
  '已按{0}填入“上年结转”{1} 格，可按 Ctrl+Z 撤销。':
    'Carried over filled in from {0}: {1} {1|cell|cells}. Ctrl+Z takes it back.',
  '已按{0}改“上年结转”{1} 格，可按 Ctrl+Z 撤销。':
    'Carried over corrected from {0}: {1} {1|cell|cells}. Ctrl+Z takes it back.',

  // Sign-off and receipt
  填报人: 'Filled in by',
  审核人: 'Reviewed by',
  负责人: 'Approved by',
  已交由页面提交: 'Handed to the page',
  '报告已交给本页面的表单提交，是否成功请以页面的提示为准。填写的内容都还在。':
    'The report was handed to the form of this page; whether that succeeded is for the page to say. Everything entered is still here.',
  返回报告: 'Back to the report',
  '核对并{0}': (label = '') => `Check and ${small(label)}`,
  '{0}前请再核对一遍。有不对的，按“修改”回到那一格。': (label = '') =>
    `Check once more before you ${small(label)}. Where something is wrong, "Change" leads back to the cell.`,
  签发人: 'Sign-off',
  '{0}没有成功：{1}填写的内容都在，可以再试一次，也可以先下载备份。':
    '"{0}" did not succeed: {1} Everything entered is still here. Try again, or download a backup first.',
  '已等待 30 秒，还没有收到答复。可以继续等待。': 'No answer after 30 seconds. You can go on waiting.',
  '正在等待答复，请不要关闭本页…': 'Waiting for the answer. Do not close this page...',
  不再等待: 'Stop waiting',
  '确认{0}': (label = '') => `Confirm and ${small(label)}`,
  返回修改: 'Back to change something',
  '修改{0}': 'Change {0}',
  修改: 'Change',
  '上次签发（{0}）以来{1}': 'Since the last sign-off ({0}): {1}',
  数据没有改动: 'no figures changed',
  '改动了 {0} 格': '{0} {0|cell|cells} changed',
  '（零报告）': ' (zero report)',
  项目: 'Item',
  本年: 'This year',
  上年: 'Last year',
  填报情况: 'Progress',
  '共 {0} 格，已填 {1} 格，其中为零 {2} 格（逐格填写的和用“空白填 0”填入的都在内）{3}。':
    '{1} of {0} cells are filled in, {2} of them {2|is|are} zero (typed one by one or filled in by “Fill blanks with 0”){3}.',
  '，不适用 {0} 格': ', {0} not applicable',
  '已核实 {0} 项': 'Verified: {0}',
  '已确认无误。': 'Confirmed as right.',
  下载回执: 'Download the receipt',
  '页面没有受理。': 'The page did not accept it.',
  '页面没有答复。': 'The page did not answer.',
  '报告的数据超过100万个字符，嵌入本页的网页收不到。请先下载备份，并联系系统管理员。':
    'The report has more than 1,000,000 characters, and the page around this frame cannot receive it. Download a backup and tell your administrator.',
  '本页面没有设置接收数据的程序，请联系系统管理员。':
    'This page has nothing to receive the data. Tell the administrator of the system.',
  '本页面上还有其他栏目没有填好。': 'Other fields of this page are not filled in yet.',
  '对方没有说明原因。': 'No reason was given.',
  '没有等到答复，不能确定对方是否已经收到，再次提交前请先向接收方核实。':
    'There was no answer, so it is not known whether the report arrived. Ask the receiver before you submit again.',
  时间: 'Time',
  签发: 'Sign-off',
  未填写: 'left empty',
  '{0}（未填写）': '{0} (left empty)',
  '没有填写的可以照常{0}：回执上写明未填写，打印稿上留空，供签字。':
    '“{0}” works with names left empty: the receipt says so, and the printed report leaves room to sign.',
  答复: 'Answer',
  数据: 'Figures',
  '{0} 格，其中为零 {1} 格；已核实 {2} 项': '{0} cells, {1} of them zero; verified: {2}',
  报告核对码: 'Digest of the report',
  表格核对码: 'Digest of the tables',
};
