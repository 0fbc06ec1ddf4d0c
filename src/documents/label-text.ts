/**
 * Labels as they can be compared: full-width and traditional forms, pinyin that a mirror put behind characters, spaces,
 * quotes and punctuation make no difference. Knows no label; linear in the length of the text.
 */
import { folding, LABEL_VARIANTS } from './label-variants.ts';

/**
 * Traditional and variant forms of characters that stand beside the labels, in names and headings, each before the
 * character it stands for; those of the labels have a file of their own.
 */
const OTHER_VARIANTS =
  '萬万與与專专叢丛東东兩两個个臨临為为爲为義义雲云產产億亿僅仅從从倉仓價价會会傳传傷伤倫伦餘余側侧償偿優优兒儿黨党蘭兰興兴養养岡冈冊册寫写軍军農农馮冯決决凍冻淨净減减鳳凤凱凯擊击劃划劉刘則则剛刚創创刪删' +
  '別别勞劳勢势勳勋勻匀醫医協协單单賣卖盧卢衛卫廠厂廳厅歷历曆历壓压厭厌縣县參参雙双發发髮发變变敘叙葉叶號号嘆叹嚇吓嗎吗啟启員员響响嘩哗團团園园圍围圖图圓圆聖圣場场壞坏塊块堅坚壇坛墳坟墜坠壘垒墾垦塗涂塵尘' +
  '墻墙壯壮聲声殼壳壺壶夠够頭头夾夹奪夺獎奖婦妇媽妈孫孙學学寧宁寶宝實实寵宠審审憲宪宮宫寬宽賓宾尋寻導导壽寿將将爾尔嘗尝層层屆届歲岁島岛嶺岭峽峡幣币帥帅師师帳帐帶带幫帮幹干並并廣广莊庄慶庆庫库應应廟庙廢废' +
  '異异棄弃張张彌弥彎弯彈弹歸归錄录徹彻徑径憶忆懷怀態态憐怜懇恳惡恶惱恼悅悦懸悬驚惊懼惧慘惨懲惩慣惯戲戏戰战戶户撲扑擴扩掃扫揚扬擾扰撫抚揀拣擁拥擔担據据擇择掛挂擋挡掙挣揮挥損损換换攜携攝摄敵敌斷断舊旧時时' +
  '暫暂曉晓曬晒殺杀雜杂條条來来楊杨極极構构槍枪標标棧栈樹树樣样檔档橋桥橫横檢检樓楼歡欢歐欧殘残氣气漢汉湯汤溝沟淚泪澤泽潔洁測测濟济渾浑濃浓濤涛潤润漲涨滿满滯滞濫滥灣湾滅灭燈灯災灾爐炉點点煉炼熱热煩烦燒烧' +
  '愛爱爺爷狀状猶犹獨独獄狱獻献環环電电畫画疇畴療疗瘋疯癥症皺皱盤盘監监蓋盖盜盗瞭了礦矿碼码磚砖禮礼禍祸稟禀離离種种積积稱称穢秽窮穷竊窃豎竖競竞筆笔節节築筑簡简簽签糧粮緊紧糾纠紅红級级紀纪約约純纯紙纸紛纷' +
  '線线練练組组細细終终給给絡络絕绝統统維维綜综緒绪網网編编緩缓緣缘縮缩繪绘縱纵羅罗罷罢職职聯联聽听聰聪肅肃腸肠膚肤腦脑臉脸艱艰藝艺蘇苏藥药營营蕭萧薩萨虧亏蟲虫裝装襯衬見见視视覽览覺觉觀观觸触訂订譏讥討讨' +
  '讓让訓训訊讯記记講讲論论設设證证評评識识診诊詞词譯译試试詩诗詳详語语誤误說说諸诸讀读課课誰谁調调談谈謀谋謂谓謝谢貝贝負负財财責责賢贤敗败賬账貨货質质販贩貪贪貫贯貴贵貸贷貿贸賀贺資资賴赖贈赠贊赞趙赵趕赶' +
  '趨趋躍跃車车軌轨軟软輪轮輕轻載载較较輔辅輛辆輩辈輸输辭辞邊边遼辽達达遷迁運运還还遠远違违連连遲迟適适選选遺遗鄧邓鄭郑鄰邻釋释裡里裏里針针鈔钞錢钱鐵铁銀银錯错鎮镇長长門门閉闭間间聞闻閱阅隊队陽阳陰阴階阶' +
  '際际陸陆陳陈險险隨随隱隐難难雖虽霧雾靜静順顺須须預预領领頒颁頻频額额顧顾係系繫系徵征眾众準准風风飛飞飯饭館馆馬马駐驻驗验駕驾騙骗魚鱼鳥鸟麥麦黃黄齊齐齡龄龍龙龜龟佈布啓启';

const simplified = folding(LABEL_VARIANTS + OTHER_VARIANTS);

/** 內(nèi)容: what a mirror put behind characters to show how they are read. */
const PINYIN = /\([a-z\u00df-\u024f]{1,8}\)/gi;
const NOT_LABEL = /[^\p{Script=Han}0-9a-z]+/giu;

const ASCII = /^[\x20-\x7e]*$/;
/** Texts come here several times over, each time another question is asked of them; this many are remembered. */
const MOST_KNOWN = 2_000;
const MOST_KNOWN_LENGTH = 200;
const known = new Map<string, string>();

/** Half-width, composed, simplified; white space as one space; pinyin gone. Punctuation and numbering are kept. */
export function plainText(text: string): string {
  // Numbers are most of what comes here.
  if (ASCII.test(text)) return text.replace(/ +/g, ' ').trim();
  if (text.length > MOST_KNOWN_LENGTH) return toPlain(text);
  let plain = known.get(text);
  if (plain === undefined) {
    plain = toPlain(text);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(text, plain);
  }
  return plain;
}

function toPlain(text: string): string {
  const half = text.normalize('NFKC');
  if (ASCII.test(half)) return half.replace(/ +/g, ' ').trim();
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
