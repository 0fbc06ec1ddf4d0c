/** The reading of report data, and the import of documents, in English. */
import type { Phrase } from './english.ts';

export const DOCUMENTS: Readonly<Record<string, Phrase>> = {
  // Report data
  文本: 'a text',
  数字: 'a number',
  'true 或 false': 'true or false',
  对象: 'an object',
  数组: 'an array',
  规定的取值之一: 'one of the allowed values',
  规定的写法: 'in the required form',
  '文件是空的，未读取。请确认选对了文件，或重新导出。':
    'The file is empty and was not read. Check that it is the right file, or export it again.',
  '文件过大（{0}个字符），不应超过100万个字符，未读取。请确认选对了文件。':
    'The file is too large ({0} characters; at most 1,000,000) and was not read. Check that it is the right file.',
  '文件嵌套层数过多（超过20层），不是年报数据文件，未读取。请确认选对了文件。':
    'The file is nested too deeply (more than 20 levels), so it is no report data, and was not read. Check that it is the right file.',
  '文件不完整：在第{0}行第{1}列处中断，未读取。请重新导出或重新下载后再打开。':
    'The file is incomplete: it breaks off at line {0}, column {1}, and was not read. Export or download it again.',
  '文件不是有效的 JSON：第{0}行第{1}列有误，未读取。请使用本系统导出的数据文件。':
    'The file is no valid JSON: there is an error at line {0}, column {1}. It was not read. Use a file exported by this system.',
  '文件含有不允许的字段“{0}”，为安全起见未读取。请删除该字段或重新导出。':
    'The file contains the forbidden member "{0}" and was not read, for safety. Delete the member, or export the file again.',
  '“{0}”处的文字编码已损坏，未读取。请用 UTF-8 重新导出。':
    'The text at "{0}" is damaged; nothing was read. Export it again as UTF-8.',
  '“{0}”处的数字过大，无法读取。请改正后再打开。':
    'The number at "{0}" is too large to be read. Correct it and open the file again.',
  '文件没有标明 schema，不是年报数据文件，未读取。请使用本系统导出的数据文件。':
    'The file names no schema, so it is no report data, and was not read. Use a file exported by this system.',
  '文件的 schema 是“{0}”，不是年报数据（应为 xxgk-annual-report/1），未读取。请确认选对了文件。':
    'The schema of the file is "{0}", which is no report data (it should be xxgk-annual-report/1); it was not read. Check that it is the right file.',
  '文件由更新的版本（{0}）生成，当前版本读不了。请升级后再打开，原文件未改动。':
    'The file was made by a newer version ({0}) that this one cannot read. Upgrade, then open it; the file was not changed.',
  '“{0}”缺失或填写不合规定，应为{1}，未读取。请改正后再打开。':
    '"{0}" is missing or not as required; it should be {1}. Nothing was read. Correct it and open the file again.',
  '报告数据不完整：只有 {0} 个字符，后面的内容在保存时被截断，未读取。请联系系统管理员把保存报告的栏目改为长文本（例如 TEXT，VARCHAR(4000) 放不下）。':
    'The report data is incomplete: {0} characters only, the rest was cut off when it was saved. Nothing was read. Ask the administrator of the system to make the column of the report a long text (TEXT, say; VARCHAR(4000) is too short).',
  '报告数据在保存时被转换过（例如引号变成了 &quot;），已还原后读取，请核对；并请联系系统管理员检查保存方式。':
    'The report data was converted when it was saved (quotes became &quot;, say); it was restored and read. Check it, and ask the administrator of the system to look at how it is saved.',
  '（六）其他处理在来源中只有一行，已计入“3.其他”，另两行不计数，请核对。':
    '（六）其他处理 has only one row in the source; it was counted under 3.其他, the other two rows do not count. Check it.',
  '文件内容与其核对码不一致：导出之后可能被改动过，请核对。':
    'The content of the file does not match its digest: it may have been changed after it was exported. Check it.',
  '签发已失效：签发以后文件曾在别处被改动。请核对后重新签发。':
    'The sign-off has lapsed: the file was changed elsewhere after it. Check it and sign it off anew.',
  '统一社会信用代码的校验码不对，请核对。':
    'The check character of the unified social credit code is wrong. Check it.',
  '“{0}”处既有数字又有标注，已按数字读取，请核对。':
    '"{0}" has both a number and a mark; it was read as the number. Check it.',
  '“{0}”标注为合并，但只有（六）的前两行可以合并，已按空白读取，请核对。':
    '"{0}" is marked as merged, but only the first two rows of （六） can be; it was read as blank. Check it.',
  '“{0}”不是规定格式中的格，已原样保留，不参加计算。':
    '"{0}" is no cell of the form; it is kept as it is and does not count.',
  '文件由更新的版本生成，只能查看，不能修改。':
    'The file was made by a newer version; it can be looked at but not changed.',
  '“{0}”过大，数据文件不应超过100万个字符，未读取。请确认选对了文件。':
    '"{0}" is too large (at most 1,000,000 characters) and was not read. Check that it is the right file.',
  '“{0}”打不开，未读取。请检查文件是否还在原处。':
    '"{0}" cannot be opened and was not read. Check that the file is still where it was.',
  '“{0}”不是 UTF-8 编码的数据文件，未读取。请使用本系统导出的 JSON 文件。':
    '"{0}" is no UTF-8 data file and was not read. Use a JSON file exported by this system.',

  // Documents that were not read
  网页内容: 'web page',
  网页: 'web pages',
  文档: 'documents',
  图片: 'a picture',
  压缩包: 'an archive',
  '.doc 或 .wps': '.doc or .wps',
  '.xls 或 .et': '.xls or .et',
  '.ppt 或 .dps': '.ppt or .dps',
  '旧版 Office 文件': 'an old Office file',
  'Word 文档': 'Word document',
  'Excel 表格': 'Excel workbook',
  'CSV 表格': 'CSV table',
  文字: 'text',
  年报数据文件: 'report data',
  '暂不能直接读取此格式，请用 WPS 打开后全选复制粘贴到此处，或另存为 .docx/.xlsx':
    'This cannot be read directly: open it in WPS, select and copy all, and paste it here, or save it as .docx or .xlsx',
  文件过大: 'The file is too large',
  文件解压后过大: 'The file is too large when unpacked',
  表格的格数过多: 'The tables have too many cells',
  页数过多: 'There are too many pages',
  文字过多: 'There is too much text',
  '里面没有内容，没有导入。请确认选对了文件，或重新复制。':
    'There is nothing in it; nothing was imported. Check that it is the right file, or copy it again.',
  '来源是压缩包，没有导入。请先解压，再逐个导入里面的文件。':
    'The source is an archive; nothing was imported. Unpack it and import the files in it one by one.',
  '来源是{0}。{1}。': 'The source is {0}. {1}.',
  '来源是扫描件，页面是图片。{0}。': 'The source is a scan: its pages are pictures. {0}.',
  '文件有密码，没有导入。请在 WPS 或 Office 中打开并取消密码，保存后再导入。':
    'The file has a password; nothing was imported. Open it in WPS or Office, remove the password, save it and import it again.',
  '{0}文件已损坏或不完整，没有导入。请在 WPS 或 Office 中打开，另存后再导入。':
    'The file ({0}) is damaged or incomplete; nothing was imported. Open it in WPS or Office, save a copy and import that.',
  '{0}，没有导入。请只保留年报的部分，另存后再导入，或只复制年报的部分粘贴。':
    '{0}; nothing was imported. Keep the annual report only and import that, or copy and paste the report only.',
  '文件的文字编码不是 UTF-8 或 GB18030，没有导入。请用记事本或 WPS 打开，另存为 UTF-8 后再导入。':
    'The text of the file is neither UTF-8 nor GB18030; nothing was imported. Open it in Notepad or WPS, save it as UTF-8 and import that.',
  '读取{0}的部分没有载入，没有导入。填写的内容不受影响。请用 WPS 打开后全选复制粘贴到此处；刷新本页后仍不行的，请告知系统管理员。':
    'The part that reads {0} could not be loaded; nothing was imported. What was entered is not affected. Open it in WPS, select and copy all, and paste it here; if reloading this page does not help, tell the administrator of the system.',
  '没有找到年报的表格，没有导入。请确认选对了内容；网页请从表格上方的标题选到表格末尾，再复制粘贴。':
    'No tables of an annual report were found; nothing was imported. Check that it is the right content; in a web page, select from the title above the tables to their end, then copy and paste.',
  '只找到表格的标题，表格是图片，读不出数字，没有导入。请用表格的原文件，或照图片填写。':
    'Only the titles of the tables were found; the tables are pictures, and nothing was imported. Use the original file, or fill in the numbers from the picture.',
  '来源的文字缺了重复的行，数字无法对应到格，没有导入。请从原网页或原文件重新复制。':
    'The text has lost its repeated lines, so the numbers cannot be matched to cells; nothing was imported. Copy it again from the original page or file.',
  '读取超过20秒，已停止，没有导入。请只保留年报的部分再导入，或只复制年报的部分粘贴。':
    'Reading took more than 20 seconds and was stopped; nothing was imported. Keep the annual report only and import that, or copy and paste the report only.',

  // What was read
  '本行的数字个数与表格的列数不同，分不清属于哪一列':
    'the row has another number of figures than the table has columns, so it is unclear which belongs where',
  '数字之间的分隔丢失，连在了一起': 'the figures ran together',
  来源中有两个不同的数: 'the source has two different numbers',
  '本行没有数字，附近有不知属于哪一行的数字': 'the row has no figures, and figures nearby may belong to it',
  '来源中的内容不一定是所填的数（日期、公式、角标、换算显示或跨格的数字）':
    'what the source shows may not be the number entered (a date, a formula, a superscript, a rounded number or one across cells)',
  来源的文字不是数字: 'the source has a text that is no number',
  '来源写的单位不是万元，请换算后填写': 'the unit in the source is not 万元 (10,000 yuan); convert it',
  行名可能是两行中的一行: 'the label may be that of either of two rows',
  '正文第 {0} 行': ', line {0}',
  '第 {0} 张表第 {1} 行': ', table {0}, row {1}',
  '：{0}': ': {0}',
  '来自“{0}”{1}{2}': 'from "{0}"{1}{2}',
  '识别 {0} 格': 'recognised {0} {0|cell|cells}',
  '空白 {0}': 'blank {0}',
  '存疑 {0}': 'uncertain {0}',
  '未能归位 {0}': 'not placed {0}',
  '合计不符 {0}': 'totals that differ {0}',
  '来源中没有的格有 {0} 个，这些格不导入，请对照来源补填。':
    '{0} {0|cell is|cells are} not in the source and not imported. Fill {0|it|them} in from the source.',
  '（六）其他处理在来源中只有一行，没有分项：数字计入“3.其他”，另两行记为原表合并，不计数。请核对。':
    '（六）其他处理 has only one row in the source: the number counts under 3.其他, the other two rows are marked as merged and do not count. Check it.',
  '来源的合计有 {0} 处与各项之和不符，例如{1}：来源为{2}，各项之和为{3}。以自动计算的为准，来源的供核对。':
    '{0} {0|total|totals} of the source {0|does|do} not match the sum of the parts, such as {1}: {2} in the source, the parts add up to {3}. The computed one counts; that of the source is kept to check against.',
  '来源有规定格式中没有的行或列（如小计），其中 {0} 个数字没有导入。':
    'The source has rows or columns that the form does not have (subtotals, say); {0} {0|number|numbers} of them {0|was|were} not imported.',
  '来源有 {0} 个数字属于另一年度的格式，没有导入。':
    '{0} {0|number|numbers} of the source {0|belongs|belong} to the format of other years and {0|was|were} not imported.',
  '有 {0} 个数字找不到所属的行，没有导入：{1}。请对照来源补填。':
    '{0} {0|number|numbers} could not be placed and {0|was|were} not imported: {1}. Fill them in from the source.',
  '来源中有 {0} 格写了两个不同的数：{1}。已标为存疑，请确认。':
    '{0} {0|cell has|cells have} two different numbers in the source: {1}. They are marked as uncertain; confirm them.',
  '{0}（{1}）': '{0} ({1})',
  '来源有 {0} 处行名或列名与规定文本不同，已按最接近的规定名称读取：{1}。':
    '{0} {0|label|labels} of the source {0|differs|differ} from the form and {0|was|were} read as the closest: {1}.',
  '“{0}”读作“{1}”': '"{0}" read as "{1}"',
  '来源有 {0} 个隐藏的行，没有读取。其中有数据的，请取消隐藏后再导入。':
    '{0} hidden {0|row|rows} of the source {0|was|were} not read. If there are figures in them, unhide them and import it again.',
  '来源有 {0} 个隐藏的列，没有读取。其中有数据的，请取消隐藏后再导入。':
    '{0} hidden {0|column|columns} of the source {0|was|were} not read. If there are figures in them, unhide them and import it again.',
  '来源有 {0} 个隐藏的工作表，没有读取。其中有数据的，请取消隐藏后再导入。':
    '{0} hidden {0|sheet|sheets} of the source {0|was|were} not read. If there are figures in them, unhide them and import it again.',
  '来源有 {0} 处修订中已删除的文字，没有读取。':
    'Text deleted in tracked changes was not read ({0} {0|place|places}).',
  '来源有 {0} 张图片，没有读取。': '{0} {0|picture|pictures} of the source {0|was|were} not read.',
  '来源含有宏，没有运行。': 'The source contains macros; they were not run.',
  '来源是{0}，当前报告是{1}：表三、表四按行名导入；表二只导入行政许可、行政处罚、行政强制的处理决定数量，其余口径不同，不导入；{2}。':
    'The source is in the {0}, this report in the {1}: 表三 and 表四 are imported by their labels; of 表二 only the decisions on licensing, penalties and coercive measures, the rest is counted differently and not imported; {2}.',
  '（六）其他处理没有分项，计入“3.其他”': '（六）其他处理 is not divided and counts under 3.其他',
  '（六）其他处理分为三项的，合不成一行，不导入':
    '（六）其他处理 in three rows cannot become one and is not imported',
  '{0}等 {1} 处': '{0} and more, {1} in all',

  // The dialog
  '已打开“{0}”。': '"{0}" is open.',
  导入报告: 'Import a report',
  粘贴的内容: 'Pasted content',
  '打不开，没有导入。请检查文件是否还在原处。':
    'It cannot be opened; nothing was imported. Check that the file is still where it was.',
  '由更新的版本生成，只能查看，不能导入。请升级后再导入，原文件未改动。':
    'It was made by a newer version and can be looked at but not imported. Upgrade, then import it; the file was not changed.',
  '1O [10] 存疑': '1O [10] uncertain',
  '→ 9 改写': '→ 9 replaced',
  '？': '?',
  不导入: 'not imported',
  来源没有此格: 'not in the source',
  核对数: 'Control total',
  '保留，来源{0}': 'kept; source: {0}',
  '{0}当前报告没有改动。': '{0} This report is unchanged.',
  '可导入网页、Word（.docx）、Excel（.xlsx）、CSV、PDF、文字或本系统的 JSON。导入前先预览，确认后才写入。':
    'You can import web pages, Word (.docx), Excel (.xlsx), CSV, PDF, text, or JSON of this system. A preview comes first; nothing is written before you confirm.',
  '选择文件…': 'Choose a file...',
  要导入的文件: 'File to import',
  '或从网页、Word、WPS、Excel 中全选复制，在此粘贴（Ctrl+V）：':
    'Or select and copy all in a web page, Word, WPS or Excel, and paste it here (Ctrl+V):',
  在此粘贴: 'Paste here',
  '“{0}”中有 {1} 份报告，请选择要导入的一份：': '"{0}" has {1} reports. Choose the one to import:',
  '{0}（{1}，识别 {2} 格）': '{0} ({1}, {2} {2|cell|cells} recognised)',
  '“{0}”（{1}）：{2}，{3}': '"{0}" ({1}): {2}, {3}',
  没有可以导入的内容: 'Nothing to import',
  导入: 'Import',
  '仅选区（打开导入前没有选格）': 'Selection only (no cells were selected)',
  '仅选区（{0} 格）': 'Selection only ({0} {0|cell|cells})',
  用途: 'Use',
  作为本年报告: "As this year's report",
  作为上年报告: "As last year's report",
  导入范围: 'Import',
  全部: 'Everything',
  仅空白格: 'Blank cells only',
  表头: 'Head',
  '报告年度改为 {0}': 'Change the report year to {0}',
  '单位改为“{0}”': 'Change the unit to "{0}"',
  换一个来源: 'Another source',
  '松开鼠标，导入报告': 'Drop it to import a report',
  '一次只能导入一个文件，没有导入。请逐个拖入。':
    'Only one file can be imported at a time; nothing was imported. Drop them one by one.',
  没有读出单位: 'no unit found',
  没有读出年度: 'no year found',
  '来源是“{0}”的报告，当前报告是“{1}”。请确认是否同一单位，不是的请按“取消”。':
    'The source is the report of "{0}", this one of "{1}". Check whether they are the same unit; if not, press "Cancel".',
  '来源没有写明年度，请填写：': 'The source says no year; enter it:',
  '来源没有写明年度，打开后请在表头填写报告年度。':
    'The source says no year: enter it at the top once the report is open.',
  '来源没有写明年度，将导入当前报告（{0} 年度），请确认是同一年度。':
    'The source says no year. It is imported into this report for {0}: check that it is of the same year.',
  '报告年度留空，请在表头填写': 'leaves the report year blank: enter it at the top',
  '来源是 {0} 年度，当前报告是 {1} 年度': 'The source is for {0}, this report for {1}',
  '{0}，建议作为上年报告。': "{0}. Better use it as last year's report.",
  '{0}，不是上一年度的，不能作为上年报告。':
    "{0}. It is not for the year before and cannot be last year's report.",
  '{0}，请确认是否导入。': '{0}. Check whether you want to import it.',
  '（六）其他处理在来源中只有一行，当前报告已分项填写，这一行没有导入，请核对。':
    '（六）其他处理 has only one row in the source, and this report has figures in all three; the row was not imported. Check it.',
  '来源是{0}，当前报告还没有填写，将改用{1}。':
    'The source is in the {0}; nothing is filled in here yet, so this report will use the {1}.',
  '当前报告是空的：将整份打开，包括正文、说明和签发信息。':
    'This report is empty: the whole report is opened, with texts, explanations and sign-off.',
  '只导入数字、单位、年度、统计期间、联系方式和正文；说明、备注和签发信息不导入。':
    'Only figures, unit, year, period, contact and texts are imported; explanations, remarks and sign-off are not.',
  将写入: 'will be written',
  将改写: 'will be replaced',
  '存疑，导入后待确认': 'uncertain, to be confirmed after the import',
  将记为核对数: 'will be kept as control total',
  '来源的总计读不清，未作核对数': 'the total of the source is unclear and not kept as control total',
  与当前报告一致: 'same as in this report',
  保留当前报告的内容: "this report's content is kept",
  不在导入范围: 'not to be imported',
  '当前格式没有对应的格，不导入': 'no such cell in this format, not imported',
  存疑: 'uncertain',
  '来源：{0}': 'source: {0}',
  联系方式: 'Contact',
  正文: 'Texts',
  '写入 {0} 格': '{0} {0|cell|cells} written',
  '改写 {0} 格': '{0} {0|cell|cells} replaced',
  '存疑 {0} 格（导入后请逐格确认）': '{0} uncertain {0|cell|cells} (confirm one by one after the import)',
  '核对数 {0} 处': '{0} control {0|total|totals}',
  '补入{0}': 'added: {0}',
  '改写{0}': 'replaced: {0}',
  '来源的总计有 {0} 处读不清，未作核对数':
    '{0} {0|total|totals} of the source unclear and not kept as control {0|total|totals}',
  '保留已填的 {0} 格': '{0} filled {0|cell|cells} kept',
  '保留已有的{0}': 'kept: {0}',
  '将{0}。': 'The import: {0}.',
  '已导入“{0}”：{1}。{2}': '"{0}" imported: {1}. {2}',
  '可按 Ctrl+Z 撤销。': 'Ctrl+Z takes it back.',
};
