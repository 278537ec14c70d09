// Whether two libraries of the web understand our annotations: @recogito/text-annotator parses each,
// @apache-annotator/selector finds each quote at its position, and by its words alone.
//
//     node check_web.mjs FILE.jsonld EXPECTED.json

import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';
import { textPositionSelectorMatcher, textQuoteSelectorMatcher } from '@apache-annotator/selector';

const [file, expectedFile] = process.argv.slice(2);
const { text, remarks } = JSON.parse(readFileSync(expectedFile, 'utf8'));
const items = JSON.parse(readFileSync(file, 'utf8')).first.items;

function check(holds, ...said) {
  if (!holds) {
    console.error(...said);
    process.exit(1);
  }
}
check(items.length === remarks.length, `${items.length} annotations and not ${remarks.length}`);

// The text as one chunk of a file.
class Chunks {
  constructor() {
    this.currentChunk = { data: text };
  }
  nextChunk() {
    return null;
  }
  previousChunk() {
    return null;
  }
  precedesCurrentChunk() {
    return false;
  }
}

async function all(matches) {
  const found = [];
  for await (const match of matches) found.push(text.slice(match.startIndex, match.endIndex));
  return found;
}

for (const item of items) {
  const by = Object.fromEntries(item.target.selector.map((s) => [s.type, s]));
  const quote = by.TextQuoteSelector;
  const there = await all(textPositionSelectorMatcher(by.TextPositionSelector)(new Chunks()));
  check(there.length === 1 && there[0] === quote.exact, 'at the position stands', there, 'and not', quote.exact);
  const words = await all(textQuoteSelectorMatcher(quote)(new Chunks()));
  check(words.length === 1 && words[0] === quote.exact, 'by its words', words, 'is found and not', quote.exact);
}

// The annotator wants a page.
const { window } = new JSDOM('<div id="content"></div>', { url: 'http://localhost/' });
for (const name of Object.getOwnPropertyNames(window)) {
  if (!(name in globalThis)) globalThis[name] = window[name];
}
globalThis.window = window;
const content = window.document.getElementById('content');
content.textContent = text;
const { W3CTextFormat } = await import('@recogito/text-annotator');
const format = W3CTextFormat(items[0].target.source, content);
for (const item of items) {
  const { parsed, error } = format.parse(item);
  check(parsed && !error, 'not parsed:', error, item);
  check(parsed.bodies.length === (item.body ?? []).length, 'other bodies:', parsed.bodies);
  check(parsed.target.selector[0].quote === item.target.selector[1].exact, 'another quote:', parsed.target);
}
