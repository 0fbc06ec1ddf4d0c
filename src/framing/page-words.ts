/** What the script of a page says beside its frame: where the frame cannot, because nobody is there. Chinese, English. */

export type PageWords = readonly [zh: string, en: string];

export const NO_FRAME: PageWords = [
  '填报页面没有应答，请刷新本页。仍然如此的，请联系系统管理员。',
  'The report in this frame does not answer. Please reload this page.',
];

export const NOT_SENT: PageWords = [
  '填报页面没有应答，表单没有提交。一分钟内再次提交的，将提交最后一次收到的内容。',
  'The report in this frame does not answer: the form was not sent. Within a minute it will be, with what was received last.',
];

export const NOT_YET: PageWords = [
  '填报页面还在载入，表单没有提交。请等它显示出来，填写以后再提交。',
  'The report in this frame is still loading: the form was not sent. Send it when the report is there.',
];
