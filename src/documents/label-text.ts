/**
 * Labels as they can be compared: full-width and traditional forms, pinyin that a mirror put behind characters, spaces,
 * quotes and punctuation make no difference. Knows no label; linear in the length of the text.
 */

/**
 * Traditional and variant forms, each before the character of the official labels it stands for. Only characters of the
 * form: what is not in its labels needs no folding.
 */
const VARIANTS =
  '壹一貳二叁三萬万與与專专業业叢丛東东兩两個个臨临為为爲为舉举義义於于雲云產产億亿僅仅從从倉仓價价會会體体' +
  '傳传傷伤倫伦餘余側侧償偿優优兒儿黨党蘭兰關关興兴養养內内岡冈冊册寫写軍军農农馮冯決决況况凍冻淨净減减鳳凤' +
  '處处凱凯擊击劃划劉刘則则剛刚創创刪删別别製制務务動动勞劳勢势勳勋勻匀區区醫医協协單单賣卖盧卢衛卫廠厂' +
  '廳厅歷历曆历壓压厭厌縣县參参雙双發发髮发變变敘叙葉叶號号嘆叹後后嚇吓嗎吗啟启員员問问響响嘩哗團团園园圍围' +
  '國国圖图圓圆聖圣場场壞坏塊块堅坚壇坛墳坟墜坠壘垒墾垦報报塗涂塵尘墻墙壯壮聲声殼壳壺壶複复復复夠够頭头' +
  '夾夹奪夺獎奖婦妇媽妈孫孙學学寧宁寶宝實实寵宠審审憲宪宮宫寬宽賓宾對对尋寻導导壽寿將将爾尔嘗尝層层屬属' +
  '屆届歲岁島岛嶺岭峽峡幣币帥帅師师帳帐帶带幫帮幹干並并廣广莊庄慶庆庫库應应廟庙廢废開开異异棄弃張张彌弥彎弯' +
  '彈弹強强歸归當当錄录徹彻徑径憶忆懷怀態态憐怜總总懇恳惡恶惱恼悅悦懸悬驚惊懼惧慘惨懲惩慣惯戲戏戰战戶户' +
  '撲扑執执擴扩掃扫揚扬擾扰撫抚護护揀拣擁拥擔担據据擇择掛挂擋挡掙挣揮挥損损換换採采攜携攝摄數数敵敌斷断無无' +
  '舊旧時时暫暂曉晓曬晒機机殺杀雜杂權权條条來来楊杨極极構构槍枪標标棧栈樹树樣样檔档橋桥橫横檢检樓楼歡欢' +
  '歐欧殘残氣气漢汉湯汤溝沟沒没淚泪澤泽潔洁測测濟济渾浑濃浓濤涛潤润漲涨滿满滯滞濫滥灣湾滅灭燈灯災灾爐炉點点' +
  '煉炼熱热煩烦燒烧愛爱爺爷狀状猶犹獨独獄狱獻献環环現现電电畫画疇畴療疗瘋疯癥症皺皱盤盘監监蓋盖盜盗' +
  '瞭了礦矿碼码磚砖確确禮礼禍祸稟禀離离種种積积稱称穢秽穩稳窮穷竊窃豎竖競竞筆笔節节範范築筑簡简簽签類类' +
  '糧粮緊紧糾纠紅红級级紀纪約约純纯納纳紙纸紛纷線线練练組组細细終终經经結结給给絡络絕绝統统繼继續续維维綜综' +
  '緒绪網网編编緩缓緣缘縮缩繳缴繪绘縱纵罰罚羅罗罷罢職职聯联聽听聰聪肅肃腸肠膚肤腦脑臉脸艱艰藝艺蘇苏' +
  '藥药獲获營营蕭萧薩萨虧亏蟲虫補补裝装襯衬見见規规視视覽览覺觉觀观觸触計计訂订認认譏讥討讨讓让訓训議议訊讯' +
  '記记講讲許许論论設设訪访證证評评識识訴诉診诊詞词譯译試试詩诗詳详語语誤误說说請请諸诸讀读課课誰谁調调談谈' +
  '謀谋謂谓謝谢貝贝負负財财責责賢贤敗败賬账貨货質质販贩貪贪購购貫贯貴贵貸贷貿贸費费賀贺資资賴赖贈赠' +
  '贊赞趙赵趕赶趨趋躍跃車车軌轨軟软轉转輪轮輕轻載载較较輔辅輛辆輩辈輸输辦办辭辞邊边遼辽達达遷迁過过運运還还' +
  '這这進进遠远違违連连遲迟適适選选遺遗鄧邓鄭郑鄰邻釋释裡里裏里針针鈔钞錢钱鐵铁銀银錯错鎮镇長长門门閉闭間间' +
  '聞闻閱阅隊队陽阳陰阴階阶際际陸陆陳陈險险隨随隱隐難难雖虽霧雾靜静項项順顺須须預预領领頒颁頻频題题額额顧顾' +
  '訟讼係系繫系徵征眾众準准風风飛飞飯饭館馆馬马駐驻驗验駕驾騙骗魚鱼鳥鸟麥麦黃黄齊齐齡龄龍龙龜龟佈布啓启它他';

const FOLDED: ReadonlyMap<string, string> = new Map(
  Array.from({ length: VARIANTS.length / 2 }, (_, index) => [VARIANTS[index * 2]!, VARIANTS[index * 2 + 1]!]),
);

const TO_FOLD = new RegExp(`[${[...FOLDED.keys()].join('')}]`, 'g');

/** 內(nèi)容: what a mirror put behind characters to show how they are read. */
const PINYIN = /\([a-z\u00df-\u024f]{1,8}\)/gi;
const NOT_LABEL = /[^\p{Script=Han}0-9a-z]+/giu;

/** Simplified characters, as far as they stand in labels of the form. */
export function simplified(text: string): string {
  return text.replace(TO_FOLD, (character) => FOLDED.get(character)!);
}

/** Half-width, composed, simplified; white space as one space; pinyin gone. Punctuation and numbering are kept. */
export function plainText(text: string): string {
  const half = text.normalize('NFKC');
  // Numbers are most of what comes here.
  if (/^[\x20-\x7e]*$/.test(half)) return half.replace(/ +/g, ' ').trim();
  return simplified(half.replace(PINYIN, ''))
    .replace(/[\s\u200b-\u200d\u2060]+/g, ' ')
    .trim();
}

/** A label without what makes no difference, and its number apart: （三）不予公开 is `三` and 不予公开. */
export interface LabelText {
  /** Characters and digits only, numbering included. */
  readonly whole: string;
  /** The same without numbering. */
  readonly stem: string;
  /** The numbering, '' for none: `三`, `1`. */
  readonly item: string;
}

const ITEM = /^[(〔[【<]?\s?([一二三四五六七八九十]{1,2}|\d{1,2})\s?[)〕\]】>]?\s?[、.。,:]?\s?/;
const NUMBERED = /[)〕\]】>、.。,:]|^[(〔[【<]?\s?\d/;

/** From a text that `plainText` made. */
export function labelText(plain: string): LabelText {
  const whole = plain.replace(NOT_LABEL, '');
  const match = ITEM.exec(plain);
  if (match === null || !NUMBERED.test(match[0])) return { whole, stem: whole, item: '' };
  const stem = plain.slice(match[0].length).replace(NOT_LABEL, '');
  return stem === '' ? { whole, stem: whole, item: '' } : { whole, stem, item: match[1]! };
}

/** Optimal string alignment distance, or a number above `most` as soon as it is certain to be above. */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const line = [row];
    let least = row;
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let distance = Math.min(last[column]! + 1, line[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        distance = Math.min(distance, before[column - 2]! + 1);
      line.push(distance);
      least = Math.min(least, distance);
    }
    if (least > most) return most + 1;
    before = last;
    last = line;
  }
  return last[b.length]!;
}
