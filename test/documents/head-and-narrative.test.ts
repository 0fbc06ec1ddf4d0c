/** Unit, year, period and contact from whatever stands before the tables; undefined rather than wrong. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { headOf } from '../../src/documents/head-and-narrative.ts';

const head = (text: string, title = ''): ReturnType<typeof headOf> =>
  headOf({ found: [], preamble: text.split('\n') }, title);

describe('the head of a report', () => {
  const titles: readonly (readonly [text: string, unit: string | undefined, year: number | undefined])[] = [
    ['洪泽区人民政府\n2023 年政府信息公开工作年度报告', '洪泽区人民政府', 2023],
    ['2023年度洪泽区人民政府政府信息公开工作年度报告', '洪泽区人民政府', 2023],
    ['洪泽区人民政府信息公开工作年度报告（2023年度）', '洪泽区人民政府', 2023],
    ['某某县统计局政府信息公开工作年度报告\n（2023年度）', '某某县统计局', 2023],
    ['附件1\n某某县教育局\n2023年度政府信息公开工作年度报告', '某某县教育局', 2023],
    ['附件1：某某县教育局2023年政府信息公开工作年度报告', '某某县教育局', 2023],
    ['某某县教育局2022年政府信息公开工作\n年度报告', '某某县教育局', 2022],
    ['某某县教育局\n政府信息公开工作年度报告\n（2022年）', '某某县教育局', 2022],
    [
      '首页>信息公开\n2021年上海市政府办公厅政府信息公开工作年度报告\n发布时间：2022-01-20',
      '上海市政府办公厅',
      2021,
    ],
    ['某县2020年政府信息公开工作年度报告', '某县', 2020],
    ['2023年某某街道办事处政府信息公开工作年报', '某某街道办事处', 2023],
    ['某县应急管理局关于2023年度政府信息公开工作情况的报告', '某县应急管理局', 2023],
    [
      '某市财政局（地方金融监督管理局）2023年政府信息公开工作年度报告',
      '某市财政局(地方金融监督管理局)',
      2023,
    ],
    ['某县公安局二〇二三年政府信息公开工作年度报告', '某县公安局', 2023],
    ['海城市西柳镇人民政府2023年政府信息公开工作\n年 度 报 告', '海城市西柳镇人民政府', 2023],
    ['某局\n2023\n年政府信息公开工作年度报告', '某局', 2023],
    ['关于某某区司法局2023年政府信息公开工作年度报告的公示', '某某区司法局', 2023],
    ['根据《条例》，现公布某局2023年政府信息公开工作年度报告。', undefined, 2023],
    ['某县人民政府办公室关于印发2023年政府信息公开工作年度报告的通知', undefined, 2023],
    ['来源：本站\n2023年政府信息公开工作年度报告', undefined, 2023],
    ['政府信息公开工作年度报告\n统计期限自2022年1月1日起至2022年12月31日止', undefined, 2022],
    ['政府信息公开工作年度报告\n发布时间：2023-01-20', undefined, undefined],
    ['某局1023年政府信息公开工作年度报告', undefined, undefined],
    ['', undefined, undefined],
  ];
  for (const [text, unit, year] of titles)
    test(`[X29] ${JSON.stringify(text)}`, () => {
      const { organization, year: found } = head(text);
      assert.deepEqual([organization, found], [unit, year]);
    });

  test('[X29] the title a page gives itself, where the text has none', () => {
    const { organization, year } = head(
      '首页',
      '中宁县审批服务管理局2022年政府信息公开年度报告-中宁县人民政府',
    );
    assert.deepEqual([organization, year], ['中宁县审批服务管理局', 2022]);
  });

  test('[X30] periods in all writings, and none that is no date', () => {
    const year = { from: '2023-01-01', to: '2023-12-31' };
    for (const text of [
      '统计期限自2023年1月1日起至2023年12月31日止',
      '统计期限为2023年1月1日至12月31日',
      '自2023 年1 月1 日\n起至 2023 年 12 月 31 日止',
      '2023年1月1日—12月31日',
      '２０２３年０１月０１日到２０２３年１２月３１日',
    ])
      assert.deepEqual(head(text).period, year, text);
    for (const text of ['2023年2月30日至2023年12月31日', '2023年12月31日至2023年1月1日', '2023年1月1日'])
      assert.equal(head(text).period, undefined, text);
  });

  test('[X30] address, postcode, telephone, mail and website in all writings', () => {
    assert.deepEqual(
      head(
        '（联系地址：某市中山路1号；邮政编码：223100；联系电话：（0517）87222589；传真：0517-87222590；电子邮箱：abc_d@126.com；网址：<http://www.abc.gov.cn/>）',
      ).contact,
      {
        address: '某市中山路1号',
        postcode: '223100',
        phone: '(0517)87222589',
        email: 'abc_d@126.com',
        website: 'http://www.abc.gov.cn/',
      },
    );
    assert.deepEqual(head('邮 编 ： 223100 ， 电 话 ： 0517-87222589 ， 网址：zwgk.abc.gov.cn').contact, {
      postcode: '223100',
      phone: '0517-87222589',
      website: 'zwgk.abc.gov.cn',
    });
    assert.deepEqual(head('联系方式：0955-5021234,地址:政务大厅3楼,邮编755100').contact, {
      address: '政务大厅3楼',
      postcode: '755100',
      phone: '0955-5021234',
    });
    assert.equal(head('全年主动公开政府信息1136条').contact, undefined);
  });
});
