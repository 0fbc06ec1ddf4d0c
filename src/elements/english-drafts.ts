/** Drafts, their comparison and joining, backups in English. */
import type { Phrase } from './english.ts';

export const DRAFTS: Readonly<Record<string, Phrase>> = {
  // Save state
  正在准备草稿: 'Preparing drafts',
  '草稿未能暂存：暂存功能没有载入': 'Draft not saved: drafts could not be loaded',
  '请下载备份，然后刷新本页': 'Download a backup, then reload this page',
  本页不暂存草稿: 'This page keeps no drafts',
  '浏览器不允许本页保存数据（如无痕模式），内容只在本页打开期间保留':
    'the browser does not let this page save data (as in private mode); the content is kept only while this page is open',
  磁盘已满: 'the disk is full',
  浏览器长时间没有完成写入: 'the browser did not finish writing for a long time',
  另一标签页已打开新版本: 'another tab has opened a newer version',
  内容过大: 'the content is too large',
  内容无法写成文件: 'the content cannot be written as a file',
  浏览器的存储出错: 'the storage of the browser failed',
  从未备份: 'Never backed up',
  '最近备份 {0}': 'Last backup {0}',
  本浏览器不能暂存草稿: 'This browser cannot keep drafts',
  离开本页前请下载备份: 'Download a backup before you leave this page',
  尚无改动: 'No changes yet',
  未暂存: 'Not saved',
  正在暂存: 'Saving',
  '草稿已暂存于本浏览器 {0}（尚未报送）': 'Draft saved in this browser {0} (not handed in yet)',
  '（上次暂存于 {0}）': ' (last saved {0})',
  '，然后刷新本页': ', then reload this page',
  '草稿未能暂存：{0}，请下载备份{1}{2}': 'Draft not saved: {0}. Download a backup{1}{2}',
  页面会自动重试: 'This page keeps trying',
  '本页嵌在其他网站中，草稿须从同一网页打开才能找到':
    'This page is embedded in another site; the draft is found again only from the same page',
  只能查看: 'Read-only',
  关闭标签页后不再保留: 'Gone when the tab is closed',
  '备份文件：{0}': 'Backup file: {0}',

  // Other tabs
  '同一份草稿在另一标签页中也有改动，本页内容已另存为一份草稿，两份都保留':
    'The same draft was changed in another tab as well; this page was saved as a draft of its own, and both are kept',
  '另一个标签页正在编辑此报告。本页只能查看，内容随那一页更新。':
    'Another tab is editing this report. This page is read-only and shows what that one writes.',
  '这份草稿正在另一个标签页中编辑，没有删除。请先关闭那个标签页。':
    'This draft is being edited in another tab and was not deleted. Close that tab first.',
  '本页还有内容未能暂存，请先下载备份；页面会自动重试。':
    'Something on this page is not saved yet. Download a backup; this page keeps trying.',
  '本页此前的改动已另存为一份草稿，没有丢失；轮到本页编辑时可以合并，也可在“草稿与备份”中打开。':
    'What was changed here before was saved as a draft of its own; nothing is lost. It can be merged once this page edits again, or opened in "Drafts and backups".',
  '本页的内容已暂存，请刷新本页': 'This page is saved; reload it',
  '本页有内容未能暂存，请先下载备份，然后刷新本页':
    'Something on this page is not saved: download a backup, then reload it',
  '另一个标签页已打开新版本，本页不能再修改。{0}。':
    'Another tab has opened a newer version; nothing can be changed here. {0}.',
  '另一个标签页不再编辑这份草稿（可能已经报送），请刷新本页查看最新内容。':
    'The other tab no longer edits this draft (it may have been handed in). Reload this page to see the latest content.',
  '现在由本页编辑此报告。': 'This page edits the report now.',
  '另一个标签页的内容尚未暂存，不能转到本页编辑。请先到该标签页下载备份。':
    'The other tab has content that is not saved, so the report cannot be edited here. Download a backup in that tab first.',
  另一个标签页: 'Another tab',
  在本页编辑: 'Edit here',

  // What a load found
  '本浏览器中有一份未报送的草稿，暂存于 {0}': 'This browser has a draft that was not handed in, saved {0}',
  '草稿开始之后，系统中的内容已被改动，请先对比':
    'The content in the system was changed after the draft began; compare them first',
  '另有 {0} 份草稿': '{0} other {0|draft|drafts}',
  '草稿不是最新的：浏览器没有保住最后暂存的内容，恢复后请核对':
    'The draft is not the latest: the browser lost what was saved last; check it after you restore it',
  '本浏览器曾有这份报告的草稿，现已找不到（可能已被清理）':
    'This browser had a draft of this report that is gone now (it may have been cleaned up)',
  '这份报告的草稿已过保存期限，不再提供': 'The draft of this report is past its days and is not offered',
  '有 {0} 份草稿无法读取，已另行保存，可以下载':
    '{0} {0|draft|drafts} cannot be read; set aside, can be downloaded',
  暂时无法查看本浏览器中的草稿: 'The drafts in this browser cannot be looked at now',
  '{0} {1} 年度，暂存于 {2}，第 {3} 版': '{0} {1}, saved {2}, revision {3}',
  '，另一个标签页正在编辑': ', being edited in another tab',
  恢复草稿: 'Restore draft',
  对比: 'Compare',
  下载无法读取的草稿: 'Download drafts that cannot be read',
  不使用草稿: 'Do not use the draft',
  删除草稿: 'Delete draft',
  '删除后不能找回：': 'It cannot be brought back: ',
  确认删除: 'Delete it',
  不删除: 'Keep it',
  '已恢复草稿。': 'Draft restored.',
  '暂存时“{0}”还没有填完，请核对。': 'When the draft was kept, “{0}” was still being typed: please check it.',

  // Joining
  两份草稿: 'Two drafts',
  '合并…': 'Merge...',
  以后再说: 'Later',
  '“草稿与备份”没有载入，请刷新本页后再试。填写的内容不受影响。':
    '"Drafts and backups" could not be loaded. Reload this page and try again. What was entered is not affected.',
  '与第一份合并…': 'Merge with the first...',
  '与系统中的内容合并…': 'Merge with the content in the system...',
  '另一份草稿已不在本浏览器中，没有需要合并的内容。':
    'The other draft is no longer in this browser; there is nothing to merge.',
  '草稿无法读取，不能合并。两份都保留。':
    'The draft cannot be read, so they cannot be merged. Both are kept.',
  '合并没有完成，两份草稿都保留。': 'Merging did not finish; both drafts are kept.',
  '已合并为一份草稿。未采用的内容可在历史版本中找到。':
    'Merged into one draft. What was not taken is among its revisions.',
  '草稿（{0}）': 'Draft ({0})',
  系统中的内容: 'Content in the system',
  '另一份草稿（{0}）': 'Other draft ({0})',
  合并两份内容: 'Merge two versions',
  '“{0}”是{1}年格式，“{2}”是{3}年格式，不能合并。两份都保留。':
    '"{0}" is in the {1} format, "{2}" in the {3} format; they cannot be merged. Both are kept.',
  '两份内容相同。': 'Both are the same.',
  '两份分开之前的内容已无法得知，所有不同之处都请选择采用哪一份。':
    'What they were before they parted is no longer known. Choose for every difference.',
  '只有一份改过的都会保留；{0} {1}': 'What only one of them changed is kept. {0} {1}',
  '没有需要选择的地方。': 'There is nothing to choose.',
  '两份都改过而又不同的，请逐处选择采用哪一份。':
    'Where both changed it, and differently, choose one by one.',
  '两份改得相同的有 {0} 处。': 'Both made the same change in {0} {0|place|places}.',
  可以合并: 'Ready to merge',
  '还有 {0} 处未选择': '{0} still to choose',
  合并: 'Merge',
  '取消（两份都保留）': 'Cancel (keep both)',
  '只在“{0}”中改过的：没有': 'Changed in "{0}" only: nothing',
  '只在“{0}”中改过的：{1}': 'Changed in "{0}" only: {1}',
  '{0} 格': '{0} {0|cell|cells}',
  '表头、文字等 {0} 处': 'head, texts and the like: {0}',
  '{0}：原值 {1}，改为 {2}': '{0}: before {1}, now {2}',
  原值: 'Before',
  '全部采用“{0}”': 'Take "{0}" for all',
  '{0}：{1} 处': '{0}: {1}',
  两份都改过而又不同的: 'Changed in both, and differently',
  两份不同的: 'Different',
  采用: 'Take',
  '合并后有 {0} 个自动计算的总计与两份都不同':
    'After merging, {0} computed {0|total differs|totals differ} from both',
  '合并不会带来新的必须修改的问题。': 'Merging brings no new problems that must be corrected.',
  '合并后新出现 {0} 处必须修改的问题，可以合并后再改：':
    'Merging brings {0} new {0|problem that must|problems that must} be corrected; that can be done afterwards:',
  '{0}：{1}（{2} {3}，{4} {5}）': '{0}: {1} ({2} {3}, {4} {5})',
  '“{0}”的内容': 'Content of "{0}"',

  // Differences
  统计期间: 'Period',
  统一社会信用代码: 'Unified social credit code',
  行政区划代码: 'Region code',
  单位职能: 'Functions of the unit',
  联系地址: 'Address',
  邮政编码: 'Postcode',
  联系电话: 'Telephone',
  电子邮箱: 'E-mail',
  网址: 'Website',
  更正说明: 'Correction of an earlier report',
  规定格式之外的数: 'Number outside the form',
  规定格式之外的核对数: 'Control total outside the form',
  规定格式之外的标记: 'Mark outside the form',
  '（核对数）': ' (control total)',
  '{0}零报告': '{0} zero report',
  '“{0}”的核实说明（{1}{2}）': 'Explanation of "{0}" ({1}{2})',
  '备注（{0}{1}）': 'Remark ({0}{1})',
  '附带信息 {0}': 'Additional data {0}',
  '{0}等{1}格': '{0} and more, {1} cells in all',
  空白: 'blank',
  '没有此行（按0计）': 'no such row (counts as 0)',
  '“{0}”（不是数字）': '"{0}" (not a number)',
  '“{0}”（存疑{1}）': '"{0}" (uncertain{1})',
  '，可能是{0}': ', perhaps {0}',
  没有: 'none',
  未签发: 'not signed off',
  '{0} 签发{1}{2}': 'signed off {0}{1}{2}',
  '（已失效）': ' (lapsed)',
  '（签发时{0}）': ' (at that time {0})',
  '{0} 至 {1}': '{0} to {1}',
  当前: 'Now',
  草稿: 'Draft',
  '{0}是{1}年格式，{2}是{3}年格式，不能逐格对比。':
    '{0}: {1} format; {2}: {3} format. They cannot be compared cell by cell.',
  '{0}与{1}内容相同。': '{0} and {1}: the same content.',
  '{0}：{1} {2}，{3} {4}': '{0}: {1} {2}, {3} {4}',
  '{0}：': '{0}:',
  各格数据相同: 'All cells are the same',
  '有 {0} 格不同': '{0} {0|cell differs|cells differ}',
  '表头、文字等有 {0} 处不同': 'head, texts and the like: {0} {0|difference|differences}',
  不同之处: 'Differences',
  '全部显示（其余 {0} 处）': 'Show all ({0} more)',
  其余的不同之处: 'Other differences',

  // Drafts and backups
  '正在读取…': 'Reading...',
  关闭: 'Close',
  '暂时读不出，浏览器的存储没有正常回应；屏幕上的内容不受影响。':
    'This cannot be read now: the storage of the browser does not answer properly. What is on screen is not affected.',
  再试: 'Try again',
  本报告的历史版本: 'Revisions of this report',
  '本页没有在编辑本报告的草稿；在编辑它的页面中可以看历史版本。':
    'This page does not edit the draft of this report; its revisions can be seen in the page that does.',
  '本报告还没有暂存过草稿。': 'No draft of this report has been saved yet.',
  '报告现在不能修改，历史版本只能对比和下载。':
    'The report cannot be changed now; revisions can be compared and downloaded only.',
  '恢复某一版之前，当前内容先存为一个历史版本，可以再恢复回来。':
    'Before a revision is restored, the current content is saved as one, and can be brought back.',
  '只显示最近 {0} 版': 'Show the latest {0} only',
  '显示全部 {0} 版': 'Show all {0} revisions',
  '第 {0} 版': 'Revision {0}',
  恢复此版本: 'Restore',
  下载: 'Download',
  本浏览器中的草稿: 'Drafts in this browser',
  '本浏览器中没有您的草稿。': 'You have no drafts in this browser.',
  '只列出您自己的草稿。打开另一份之前，当前内容先暂存在它自己的草稿中。':
    'Only your own drafts are listed. Before another one is opened, the current content is saved in its own draft.',
  '{0}已过保存期限的 {1} 份': '{0} {1} past {1|its|their} days',
  不显示: 'Hide',
  显示: 'Show',
  '清除本浏览器中我的全部草稿…': 'Delete all my drafts in this browser...',
  全部清除: 'Delete all',
  '{0}，第 {1} 版': '{0}, revision {1}',
  '暂存于 {0}': 'saved {0}',
  正在编辑: 'being edited',
  从另一份分出: 'split off from another',
  已过保存期限: 'past its days',
  打开: 'Open',
  删除这份草稿: 'Delete this draft',
  无法读取的草稿: 'Drafts that cannot be read',
  '可以下载下来，请技术人员查看。': 'They can be downloaded for a technician to look at.',
  '无法读取的草稿 {0}': 'Draft {0} that cannot be read',
  '{0}（{1} 发现）': '{0} (found {1})',
  '将删除第 {0} 份无法读取的草稿，不能找回。{1}需要留底的请先下载。':
    'This deletes draft {0} that cannot be read; it cannot be brought back. {1} Download it first if you want to keep it.',
  '更新版本的程序也许仍能读取它。': 'A newer version of the program may still read it.',
  删除: 'Delete',
  '删除…': 'Delete...',
  备份: 'Backup',
  从未下载备份: 'No backup downloaded yet',
  '最近下载备份 {0}': 'Last backup downloaded {0}',
  '每次暂存后，自动写入您选定的一个文件（如在 U 盘或网络盘上）；关闭或刷新本页后停止，再打开草稿时可以继续。':
    'With every save, a file of your choice (on a USB stick or a network drive, say) is written as well; that stops when this page is closed or reloaded, and can go on when the draft is opened again.',
  '本页重新打开后已停止写入，须由您允许后继续。':
    'not written since this page was opened again; it goes on once you allow it.',
  备份文件: 'Backup file',
  继续自动备份: 'Go on backing up',
  不再备份: 'Stop backing up',
  '自动备份到文件…': 'Back up to a file...',
  '自动备份到“{0}”：{1}': 'Backing up to "{0}": {1}',
  立即重试: 'Try again now',
  '更换文件…': 'Another file...',
  停止: 'Stop',
  '自动备份到文件已停止，需要时请重新选定文件。':
    'Backing up to the file has stopped. Choose a file again if you need it.',
  '{0} {1}': '{0} {1}',
  '{0} 年度': '{0}',
  时间不详: 'time unknown',
  不能与当前内容对比: 'cannot be compared with the current content',
  '{0}年格式': '{0} format',
  与当前内容相同: 'same as the current content',
  与当前内容各格相同: 'all cells as in the current content',
  '与当前内容有 {0} 格不同': '{0} {0|cell differs|cells differ} from the current content',
  '内容残缺，或被改动过': 'incomplete, or tampered with',
  '由旧版本的程序保存，已不能读取': 'saved by an old version of the program and no longer readable',
  '由更新版本的程序保存，升级后可以读取':
    'saved by a newer version of the program; can be read after an upgrade',
  内容不是可以读取的年报数据: 'no readable report data',
  '内容残缺，或在浏览器之外被改动过': 'incomplete, or changed outside the browser',
  浏览器读不出它的内容: 'the browser cannot read its content',
  '{0}，': '{0}, ',
  '将删除{0}的草稿（第 {1} 版，暂存于 {2}），连同它的历史版本，不能找回。':
    'This deletes the draft of {0} (revision {1}, saved {2}) with its revisions; it cannot be brought back.',
  '{0}这是正在编辑的草稿：屏幕上的内容不变，但在下一次改动之前不再有暂存，之后另存为一份新草稿。':
    '{0} It is the draft being edited: what is on screen stays, but is not saved until the next change, which begins a new draft.',
  '{0}需要留底的请先下载。': '{0} Download it first if you want to keep it.',
  '将删除您在本浏览器中的全部草稿（份数暂时读不出）':
    'This deletes all your drafts in this browser (they cannot be counted now)',
  '将删除您在本浏览器中的全部 {0} 份草稿': 'This deletes all your drafts in this browser ({0})',
  '和 {0} 份无法读取的草稿': 'and {0} {0|draft|drafts} that cannot be read',
  '其中有正在编辑的一份：屏幕上的内容不变，但在下一次改动之前不再有暂存。':
    'One of them is being edited: what is on screen stays, but is not saved until the next change.',
  '{0}，连同历史版本，不能找回。{1}请先下载需要留底的内容；已下载的文件不受影响。':
    '{0}, with their revisions; they cannot be brought back. {1} Download first what you want to keep; files already downloaded are not affected.',
  '浏览器不允许本页保存数据，草稿只在本页打开期间保留，关闭即失。离开之前请下载备份。':
    'The browser does not let this page save data: drafts are kept only while this page is open. Download a backup before you leave.',
  '草稿只在本标签页中保留，关闭标签页后不再提供，最迟在最后一次改动一天之后、再有人打开本系统时删除。':
    'Drafts are kept in this tab only and are not offered after it is closed; they are deleted at the latest when somebody opens the system a day after the last change.',
  '草稿自最后一次改动起保留 {0} 天。': 'Drafts are kept for {0} {0|day|days} after their last change.',
  '{0}清理软件、清除浏览数据会把草稿全部删除，请经常下载备份。{1}':
    '{0} Cleaning tools, and clearing the browsing data, delete all drafts: download backups often. {1}',
  '浏览器已承诺不自动清理本页的存储。':
    "The browser has promised not to clean up this page's storage by itself.",
  '浏览器没有承诺长期保留：存储空间不足时可能自动清理。':
    'The browser has promised nothing: it may clean up when storage is short.',
  '浏览器的存储没有回应，还不知道是否成功。':
    'The storage of the browser does not answer; whether it succeeded is not known yet.',
  '没有删除成功，请稍后再试。': 'Not deleted. Try again later.',
  '已清除本浏览器中您的全部草稿。': 'All your drafts in this browser are deleted.',
  '没有清除成功，草稿可能还在。请稍后再试。': 'Not deleted; the drafts may still be there. Try again later.',
  '已删除无法读取的草稿。': 'The draft that cannot be read is deleted.',
  '已删除{0}的草稿。': 'The draft of {0} is deleted.',
  '没有恢复，屏幕上的内容没有改动。请稍后再试，或先下载。':
    'Not restored; what is on screen is unchanged. Try again later, or download it first.',
  '没有打开，屏幕上的内容没有改动。请稍后再试，或先下载。':
    'Not opened; what is on screen is unchanged. Try again later, or download it first.',
  '已恢复第 {0} 版；恢复之前的内容留作历史版本。':
    'Revision {0} is restored; what was there before is kept as a revision.',
  '已打开{0}的草稿；原来屏幕上的内容如有改动，留在它自己的草稿中。':
    'The draft of {0} is open; changes to what was on screen before are kept in its own draft.',

  // The file kept up to date
  浏览器不再允许写入这个文件: 'the browser no longer allows writing to this file',
  文件已被移动或删除: 'the file was moved or deleted',
  磁盘空间不足: 'not enough space on the disk',
  文件正被其他程序使用: 'the file is in use by another program',
  长时间没有完成写入: 'writing did not finish for a long time',
  写入出错: 'writing failed',
  尚未写入过: 'never written',
  '上次写入 {0}': 'last written {0}',
  '正在写入；{0}。': 'writing; {0}.',
  '已是最新，{0} 写入。': 'up to date, written {0}.',
  '没有写入最新内容：{0}；{1}。下次改动时自动重试，也可以另选文件。':
    'the latest content is not written: {0}; {1}. The next change tries again; you can also choose another file.',
  '浏览器不允许本页写入所选的文件，请另选位置，或用“下载备份”。':
    'The browser does not let this page write to that file. Choose another place, or use "Download backup".',
  '所选的文件不能使用，请另选位置，或用“下载备份”。':
    'That file cannot be used. Choose another place, or use "Download backup".',
};
