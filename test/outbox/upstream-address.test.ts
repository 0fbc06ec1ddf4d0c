/** Where a report may go: addresses that are typed, and those that a page brings along. */
import { expect } from 'chai';
import { addressRefusalZh, configurationRefusalZh } from '../../src/outbox/outbox-words-zh.ts';
import {
  readAddress,
  readUpstreamConfiguration,
  type AddressRefusal,
} from '../../src/outbox/upstream-address.ts';

describe('the address of an upstream', () => {
  it('[S1] is http or https, and is shown as it will be contacted', () => {
    const read = (text: string, page = 'http:'): string => {
      const reading = readAddress(text, page);
      return reading.ok ? reading.address : reading.refusal;
    };
    expect(read(' https://Xxgk.example.gov.cn/in?unit=1#top ')).to.equal(
      'https://xxgk.example.gov.cn/in?unit=1',
    );
    expect(read('http://10.0.0.8:8080')).to.equal('http://10.0.0.8:8080/');
    expect(read('http://127.0.0.1:9/', 'https:')).to.equal('http://127.0.0.1:9/');
    // What looks like another name is seen to be another.
    expect(read('https://gоv.cn/')).to.match(/^https:\/\/xn--/);
    const refused: readonly (readonly [string, AddressRefusal])[] = [
      ['', 'empty'],
      ['   ', 'empty'],
      [`https://a.cn/${'x'.repeat(2000)}`, 'too-long'],
      [`https://a.cn/${'县'.repeat(500)}`, 'too-long'],
      ['xxgk.example.gov.cn/in', 'not-web'],
      ['/in', 'not-web'],
      ['https:in', 'not-web'],
      ['ftp://a.cn/', 'not-web'],
      ['file:///etc/passwd', 'not-web'],
      ['javascript:alert(1)', 'not-web'],
      ['data:text/plain,1', 'not-web'],
      ['http://', 'not-web'],
      ['https://user:secret@a.cn/', 'password'],
      ['https://user@a.cn/', 'password'],
    ];
    for (const [text, refusal] of refused) expect(read(text), text).to.equal(refusal);
    expect(read('http://a.cn/', 'https:')).to.equal('mixed');
    expect(read('http://a.cn/', 'file:')).to.equal('http://a.cn/');
    const sentences = new Set(
      [...refused.map(([, refusal]) => refusal), 'mixed' as const].map(addressRefusalZh),
    );
    expect(sentences.size).to.equal(5);
    for (const sentence of sentences) expect(sentence).to.match(/[\u4e00-\u9fff].*。$/);
  });

  it('[S2] may be named by a configuration, of which nothing is taken where something is wrong', () => {
    const read = (value: unknown, page = 'http:') =>
      readUpstreamConfiguration(typeof value === 'string' ? value : JSON.stringify(value), page);
    const good = { name: ' 市政府办公室 ', address: 'https://a.cn/in' };
    expect(read({ upstream: [good], theme: 'dark' })).to.deep.equal({
      ok: true,
      upstreams: [{ name: '市政府办公室', address: 'https://a.cn/in' }],
    });
    for (const nothing of ['', '  ', {}, { upstream: [] }])
      expect(read(nothing)).to.deep.equal({ ok: true, upstreams: [] });
    const refused: readonly (readonly [unknown, string])[] = [
      ['{', '页面自带的报送配置有误，未采用：不是有效的 JSON。'],
      ['[]', '页面自带的报送配置有误，未采用：不是有效的 JSON。'],
      ['{"__proto__":{}}', '页面自带的报送配置有误，未采用：不是有效的 JSON。'],
      [{ upstream: good }, '页面自带的报送配置有误，未采用：“upstream”应为列表。'],
      [
        { upstream: Array.from({ length: 21 }, (_, n) => ({ name: `${n}`, address: `https://a.cn/${n}` })) },
        '页面自带的报送配置有误，未采用：接收方过多。',
      ],
      [{ upstream: [good, 7] }, '页面自带的报送配置有误，未采用：第 2 个接收方没有名称，或名称过长。'],
      [
        { upstream: [{ ...good, name: 'x'.repeat(61) }] },
        '页面自带的报送配置有误，未采用：第 1 个接收方没有名称，或名称过长。',
      ],
      [
        { upstream: [good, { name: '省', address: 'https://a.cn/in' }] },
        '页面自带的报送配置有误，未采用：第 2 个接收方的名称或地址重复。',
      ],
      [
        { upstream: [{ name: '省' }] },
        '页面自带的报送配置有误，未采用：第 1 个接收方的地址不能使用。请填写接收地址。',
      ],
      [
        { upstream: [{ name: '省', address: 'ftp://a.cn' }] },
        '页面自带的报送配置有误，未采用：第 1 个接收方的地址不能使用。地址应以 http:// 或 https:// 开头，请向接收方询问完整的地址。',
      ],
    ];
    for (const [value, sentence] of refused) {
      const reading = read(value);
      expect(reading.ok ? '' : configurationRefusalZh(reading.refusal), JSON.stringify(value)).to.equal(
        sentence,
      );
    }
    expect(read({ upstream: [{ ...good, address: 'http://a.cn' }] }, 'https:').ok).to.equal(false);
  });
});
