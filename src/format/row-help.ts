/**
 * What belongs into each row, by `table/row`, in our words, with the clause it rests on. Apart from the tables: nothing
 * needs it before somebody asks, so a page loads it then.
 */
import type { FormatVersion } from './format.ts';

/** Where a help text comes from: an official text, published reports, or only widely held (shown as 仅供参考). */
export type HelpSource = 'official' | 'published' | 'reference-only';

export interface RowHelp {
  /** One or two short sentences in Chinese: what is counted here, what is not. */
  readonly text: string;
  /** The clause or document, in Chinese, where there is one. */
  readonly basis?: string;
  readonly source: HelpSource;
}

const official = (text: string, basis: string): RowHelp => ({ text, basis, source: 'official' });
const reference = (text: string, basis?: string): RowHelp => ({
  text,
  source: 'reference-only',
  ...(basis === undefined ? {} : { basis }),
});
const published = (text: string, basis: string): RowHelp => ({ text, basis, source: 'published' });

const trial = (text: string): RowHelp => published(text, '国办公开办函〔2019〕60号（试行格式）');

const OF_PROCEEDINGS = reference(
  '只统计因政府信息公开工作引起的案件。结果纠正：撤销、变更、确认违法、责令履行等（含部分）；其他结果：撤回、和解、程序性驳回等；尚未审结：截至12月31日未结案。',
);

const IN_BOTH: Readonly<Record<string, RowHelp>> = {
  'requests/received': reference('本年1月1日至12月31日收到的申请，按件计数，记入申请人所属的列。'),
  'requests/carried-over': published(
    '本年1月1日尚未办结的申请，应逐列等于上一年度已公布报告的“结转下年度继续办理”。',
    '已公布年报的通行做法',
  ),
  'requests/granted': reference(
    '申请内容全部提供，或已告知主动公开的获取方式、途径。',
    '《条例》第三十六条第（一）、（二）项',
  ),
  'requests/partly-granted': official(
    '部分提供、部分不提供（区分处理）的，只在本行计一件，不再计入（三）至（六）各项。',
    '表内标注；《条例》第三十七条',
  ),
  'requests/denied.state-secret': official('依法确定为国家秘密的。', '《条例》第十四条'),
  'requests/denied.forbidden-by-law': official(
    '国家秘密以外，法律、行政法规禁止公开的。',
    '《条例》第十四条',
  ),
  'requests/denied.security-and-stability': reference(
    '公开后可能危及国家安全、公共安全、经济安全、社会稳定的。',
    '《条例》第十四条',
  ),
  'requests/denied.third-party-rights': official(
    '涉及商业秘密、个人隐私，公开会损害第三方合法权益，且第三方不同意公开、不公开也不会对公共利益造成重大影响的。',
    '《条例》第十五条',
  ),
  'requests/denied.internal-affairs': official(
    '人事管理、后勤管理、内部工作流程三类信息。',
    '《条例》第十六条第一款',
  ),
  'requests/denied.deliberative': official(
    '讨论记录、过程稿、磋商信函、请示报告四类信息。',
    '《条例》第十六条第二款',
  ),
  'requests/denied.enforcement-files': official('行政执法案卷信息。', '《条例》第十六条第二款'),
  'requests/denied.administrative-query': reference(
    '不动产登记、工商登记等有专门查询办法，告知申请人按该办法查询的。',
    '《条例》第三十六条第（七）项',
  ),
  'requests/unavailable.not-held': reference(
    '经检索没有该信息，或该信息由其他机关负责公开的。',
    '《条例》第三十六条第（四）、（五）项',
  ),
  'requests/unavailable.needs-creation': reference(
    '需要对现有信息加工、分析、汇总才能形成的。',
    '《条例》第三十八条',
  ),
  'requests/unavailable.still-unclear': reference(
    '申请人已经补正，但内容仍不明确的。逾期不补正的计入（六）1，不计入本行。',
    '《条例》第三十条',
  ),
  'requests/not-processed.petition': reference(
    '以政府信息公开申请的形式进行信访、投诉、举报等活动的。',
    '《条例》第三十九条',
  ),
  'requests/not-processed.repeated': reference(
    '同一申请人就已经答复过的相同内容再次申请的。',
    '《条例》第三十六条第（六）项',
  ),
  'requests/not-processed.publication': reference(
    '要求提供政府公报、报刊、书籍等公开出版物的。',
    '《条例》第三十九条',
  ),
  'requests/not-processed.excessive': reference(
    '申请数量、频次明显超过合理范围，又说不出合理理由的。',
    '《条例》第三十五条',
  ),
  'requests/not-processed.confirmation': reference('对已经获取的信息，要求行政机关确认或者重新出具的。'),
  'requests/total': official('（一）至（六）各行之和，自动计算。', '国办公开办函〔2021〕30号 附表'),
  'requests/carried-forward': official('截至12月31日尚未办结的申请。', '国办公开办函〔2021〕30号 附表'),
  'proceedings/review': OF_PROCEEDINGS,
  'proceedings/litigation-direct': OF_PROCEEDINGS,
  'proceedings/litigation-after-review': OF_PROCEEDINGS,
};

const BY_FORMAT: Readonly<Record<FormatVersion, Readonly<Record<string, RowHelp>>>> = {
  '2021': {
    'disclosure/rules': reference(
      '有规章制定权的机关制定的规章，县级机关一般填0。制发：本年印发；废止：本年废止（含宣布失效）；现行有效：12月31日仍有效。',
      '《条例》第二十条第（一）项',
    ),
    'disclosure/normative-documents': reference(
      '依照法定权限和程序公开发布、涉及公民权利义务、反复适用的文件；内部制度、人事任免、会议纪要、请示报告、个案决定不算。一般有：上年现行有效＋本年制发－本年废止＝本年现行有效。',
      '国办发〔2018〕37号',
    ),
    'disclosure/licensing': reference(
      '本年作出的行政许可决定件数，不是申请件数，也不是事项清单的项数。',
      '《条例》第二十条第（五）项',
    ),
    'disclosure/penalties': official('本年作出的行政处罚决定件数。', '《条例》第二十条第（六）项'),
    'disclosure/coercive-measures': official('本年作出的行政强制决定件数。', '《条例》第二十条第（六）项'),
    'disclosure/fees': official(
      '本年实际收取的行政事业性收费，单位是万元，1元填0.0001。政府信息公开信息处理费也属行政事业性收费。',
      '《条例》第二十条第（八）项',
    ),
    'requests/other.correction-overdue': reference(
      '已告知补正，申请人无正当理由逾期不补正，视为放弃申请的。申请人主动撤回的计入（六）3。',
      '《条例》第三十条',
    ),
    'requests/other.fee-overdue': official(
      '已发出收费通知，申请人自收到之日起20个工作日内未缴费，视为放弃申请的。',
      '国办函〔2020〕109号',
    ),
    'requests/other.other': published('以上各项之外的情形，例如申请人主动撤回。', '已公布年报的说明'),
  },
  '2019': {
    'disclosure/rules': trial('对外公开总数量不是现行有效件数，不能与2021年格式相互换算。'),
    'disclosure/normative-documents': trial('对外公开总数量不是现行有效件数，不能与2021年格式相互换算。'),
    'disclosure/licensing': trial('本年增/减可填负数；处理决定数量为本年作出的决定件数。'),
    'disclosure/other-services': trial('本年增/减可填负数。2021年格式不再统计本行。'),
    'disclosure/penalties': trial('本年增/减可填负数；处理决定数量为本年作出的决定件数。'),
    'disclosure/coercive-measures': trial('本年增/减可填负数；处理决定数量为本年作出的决定件数。'),
    'disclosure/fees': trial('此处是收费项目数量，不是金额，不能与2021年格式相互换算。'),
    'disclosure/procurement': trial('采购总金额按原文保留，请写明单位（元或万元）。2021年格式不再统计本行。'),
    'requests/other': published('逾期不补正、逾期不缴费、申请人撤回等其他处理情形合计。', '2019年试行格式'),
  },
};

/** The help of the row that a cell stands in; undefined for a row that the format does not have. */
export function rowHelp(
  version: FormatVersion,
  { table, row }: { readonly table: string; readonly row: string },
): RowHelp | undefined {
  const key = `${table}/${row}`;
  return BY_FORMAT[version][key] ?? IN_BOTH[key];
}
