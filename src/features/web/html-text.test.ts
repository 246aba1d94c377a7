import { expect, test } from 'vitest';
import { htmlText } from './html-text.ts';

const url = 'https://b.example/page';

test('a page becomes its title, its text and where it leads', () => {
  const page = `<!doctype html><html><head><title> Tea &amp;
    Cake </title><base href="https://a.example/x/"><script>var hidden = 1</script><style>.hidden{}</style></head>
    <body><nav><a href="/">Home</a> <a href="menu">Menu</a></nav>
    <h1>Our tea <a href="#top">¶</a></h1><p>Some <b>good</b> tea, <a href="/">home again</a>, <a
    href="mailto:a@b.example">mail</a>, <a href="javascript:alert(1)">script</a>.</p>
    <table><tr><th>Tea</th><th>Price</th></tr><tr><td>Green</td><td>2 €</td></tr></table>
    <ul><li>one<li>two</ul><img src="hidden.png" alt="hidden"><noscript>hidden</noscript></body></html>`;
  expect(htmlText(page, url)).toEqual({
    title: 'Tea & Cake',
    text: 'Home[L1] Menu[L2]\n\nOur tea ¶\n\nSome good tea, home again[L1], mail, script.\n\nTea | Price\nGreen | 2 €\n\n * one\n * two',
    links: ['https://a.example/', 'https://a.example/x/menu'],
  });
});

test('links count from the page itself where it says nothing else', () => {
  expect(htmlText('<a href="../c?d=e#f">c</a>', url)).toEqual({
    title: '',
    text: 'c[L1]',
    links: ['https://b.example/c?d=e#f'],
  });
});

test('no page is no text', () => {
  expect(htmlText('', url)).toEqual({ title: '', text: '', links: [] });
  expect(htmlText('<body><script>x</script></body>', url).text).toBe('');
});
