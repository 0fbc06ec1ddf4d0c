/** The standalone page in English. */
import type { Phrase } from './english.ts';

export const WORKPLACE: Readonly<Record<string, Phrase>> = {
  '这份报告以前用补充规则“{0}”核对，现在没有载入；需要的，请打开补充规则文件。':
    'This report was checked with the rule pack “{0}” before, which is not loaded now; if that is needed, open the rule pack.',
  '没有写入“{0}”：浏览器没有得到允许。请重新保存并选择“允许”，或另存为其他文件。':
    '“{0}” was not written: the browser has no permission. Save again and allow it, or save as another file.',
  '没有写入“{0}”：文件已被移动或删除。请另存为其他文件。':
    '“{0}” was not written: the file was moved or deleted. Save as another file.',
  '没有写入“{0}”：磁盘已满。请清理后再试，或另存到其他磁盘。':
    '“{0}” was not written: the disk is full. Make room and try again, or save to another disk.',
  '没有写入“{0}”：文件正被其他程序占用。请关闭该程序后再试，或另存为其他文件。':
    '“{0}” was not written: another program holds the file. Close that program and try again, or save as another file.',
  '没有写入“{0}”。请再试一次，或另存为其他文件。':
    '“{0}” was not written. Try again, or save as another file.',
  '零报告（县直部门）': 'Zero report (county bureau)',
  '大型（市级汇总）': 'Large (sum of a city)',
  '有错的报告（表四总计）': 'With errors (totals of table 4)',
  '附上年数据（地级市）': 'With last year (city)',
  开始: 'Begin',
  '新建 {0} 年度报告': 'New report for {0}',
  '打开文件…': 'Open files…',
  '可打开本系统的数据文件，也可打开 Word、Excel、PDF、网页或文本格式的年报；把文件拖到本页任意位置也可以。':
    'Data files of this program, or a report as Word, Excel, PDF, web page or text; dropping files anywhere on the page works too.',
  最近打开的文件: 'Recent files',
  清除记录: 'Clear this list',
  示例: 'Samples',
  首次使用: 'First use',
  '填写内容只保存在本机的浏览器中，随填随存；不会自动发送到任何地方。':
    'What you type is kept in the browser of this computer, as you type; nothing is sent anywhere by itself.',
  '新建报告，或打开已有的文件。': 'Begin a new report, or open a file.',
  '填写三张表，按“检查”逐项处理提示的问题。':
    'Fill in the three tables; Check lists what is to be dealt with.',
  '按“生成报送文件”得到数据文件，交给接收单位；需要签字时打印。':
    'Make file to submit gives the data file for the receiving office; print it where it has to be signed.',
  '清理浏览器数据会把草稿一并清除：填完一段请“保存”到文件，或下载备份。':
    'Clearing the browser’s data clears the drafts too: Save to a file now and then, or download a backup.',
  '知道了，不再显示': 'Got it, do not show again',
  '草稿没有读出来，请刷新本页后再试。': 'The drafts could not be read. Reload this page and try again.',
  '正在查找……': 'Looking…',
  '本浏览器不允许保存草稿，关闭本页后内容不保留。请随时“保存”到文件。':
    'This browser keeps no drafts: what you type is gone when the page is closed. Save to a file.',
  '还没有草稿。开始填写后，内容自动暂存在这里。': 'No drafts yet. What you type will be kept here.',
  '{0} 暂存，第 {1} 版': 'kept {0}, version {1}',
  已在本页打开: 'open in this page',
  正在另一个标签页编辑: 'being edited in another tab',
  '删除后不能恢复，确定删除{0}的草稿吗？': 'A deleted draft cannot be restored. Delete the draft of {0}?',
  '删除{0}的草稿': 'Delete the draft of {0}',
  '本页是一个单独的文件，不需要网络；复制到 U 盘即可带走。':
    'This page is one file and needs no network; copy it to a USB stick to take it along.',
  '正在准备离线使用……': 'Getting ready to work offline…',
  '本页从服务器打开：断网后可以继续填写和保存，读取文档和重新打开需要网络。':
    'This page comes from a server: without a network you can go on typing and saving; reading documents and opening it again take one.',
  '本页已可离线使用：断网时用同一地址也能打开。':
    'This page works offline: the same address opens it without a network.',
  '“{0}”，请把它交给接收单位': '“{0}”; hand it to the receiving office',
  '正在读取“{0}”': 'Reading “{0}”',
  '补充规则在本标签页关闭之前有效，刷新也不失效；重新打开后只按内置的核对规则核对。':
    'The rule pack is in force until this tab is closed, also after a reload; opened again, only the built-in rules are.',
  正在打开草稿: 'Opening the draft',
  '示例没有载入，请刷新页面后再试。': 'The sample was not loaded. Reload the page and try again.',
  '已关闭{0}，填写的内容在“本浏览器中的草稿”里。':
    'Closed {0}; what was typed is under Drafts in this browser.',
  '已删除草稿。': 'The draft is deleted.',
  '没有删除：草稿刚刚有改动，或浏览器的存储没有回应。':
    'Not deleted: the draft has just been changed, or the browser’s storage did not answer.',
  '“{0}”打不开：文件已被移动或删除，或浏览器没有得到允许。':
    '“{0}” cannot be opened: the file was moved or deleted, or the browser has no permission.',
  '草稿功能没有载入，请刷新本页后再试。': 'Drafts were not loaded. Reload this page and try again.',
  '这份草稿已不在本浏览器中，可能已被删除。':
    'This draft is no longer in this browser; it may have been deleted.',
  '这份草稿没有打开，屏幕上的内容没有改动。请稍后再试。':
    'This draft was not opened, and nothing on screen was changed. Try again later.',
  '“{0}”已交给浏览器下载，请在下载文件夹中核实。':
    '“{0}” was handed to the browser as a download; see that it is in your downloads.',
  '已保存到“{0}”。': 'Saved to “{0}”.',
  政府信息公开工作年度报告填报: 'Annual reports on government information disclosure',
  '{0} · 政府信息公开工作年度报告': '{0} · Annual report on government information disclosure',
  已打开的报告: 'Open reports',
  首页: 'Home',
  有改动未存入文件: 'changes that are in no file',
  '关闭{0}': 'Close {0}',
  文件: 'File',
  保存: 'Save',
  '另存为…': 'Save as…',
  '导出 CSV': 'Export CSV',
  '快捷键：': 'Keys: ',
  打开文件: 'opens files',
  保存到文件: 'saves to a file.',
  '表格中的按键见报告上方的“快捷键”。': 'Those of the tables are under Keys above a report.',
  打印: 'Print',
  '报送…': 'Send…',
  报送队列: 'Sent reports',
  正在载入报送功能: 'Loading what sends',
  '报送功能没有载入，请刷新页面后再试。填写的内容不受影响。':
    'What sends was not loaded. Reload the page and try again; what was typed is not affected.',
  并排查看: 'Side by side',
  不并排: 'none',
  '本页的程序已在另一个标签页更新。手头的内容暂存后，请刷新本页。':
    'Another tab has updated the program of this page. Reload this page once what you are typing is kept.',
  '新版本已准备好。更新时本页会重新载入，已打开的报告随后重新打开（上年报告要重新选一次）。':
    'A new version is ready. To take it up the page is loaded anew and open reports are opened again (last year’s has to be chosen once more).',
  现在更新: 'Update now',
  '{0}有改动没有存下来：浏览器没能暂存草稿，也没有存入文件。关闭后会丢失。':
    '{0} has changes that are kept nowhere: neither as a draft nor in a file. Closing loses them.',
  '还没有报送：有需要处理的问题，请按清单逐项处理。':
    'Not sent yet: there are problems to deal with, see the list.',
  '本浏览器中还有这份报告的草稿（{0} 暂存），内容可能与文件不同，可从首页打开，并排查看。':
    'This browser also has a draft of this report (kept {0}), which may differ from the file; open it from Home to see them side by side.',
  '“{0}”已经打开。': '“{0}” is open already.',
  '选中的文件打不开：文件已被移动或删除，或浏览器没有得到允许。':
    'A chosen file cannot be opened: it was moved or deleted, or the browser has no permission.',
  '没有保存：“{0}”在打开之后又被改动过（可能是另一个程序或另一个标签页）。直接覆盖会丢掉那些改动。':
    'Not saved: “{0}” was changed since it was opened, perhaps by another program or tab. Overwriting it would lose those changes.',
  不保存: 'Do not save',
  仍要覆盖: 'Overwrite all the same',
  '这份报告现在不能编辑，没有报送。请先按报告上方的提示转到本页编辑，或在正在编辑的标签页中报送。':
    'This report cannot be edited now and was not sent. Take it over as said above it, or send it from the tab that edits it.',
  '报送：{0} 份被退回': 'Sent: {0} refused',
  不关闭: 'Keep open',
  仍要关闭: 'Close all the same',
};
