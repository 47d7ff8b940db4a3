// What the page is made of, and the drawing. The scripts of this folder are one, in the order that mod.rs names.
const data = JSON.parse(document.getElementById('ui-data').textContent);
const ui = name => document.getElementById('ui-' + name);
const {words, steps, rows, layers} = data;
const last = steps.length - 1;
const rtl = document.documentElement.dir === 'rtl';
const numbers = digits => new Intl.NumberFormat(data.locale, {maximumFractionDigits: digits});
const whole = numbers(0), tenths = numbers(1);
const order = new Intl.Collator(data.locale, {numeric: true});
const small = matchMedia('(max-width: 620px)');
const still = matchMedia('(prefers-reduced-motion: reduce)');

// What is true at a step, of a list of [step, …] of which each holds from its step on.
const at = (list, step) => {
  let low = 0, high = list.length;
  while (low < high) {
    const middle = low + high >> 1;
    if (list[middle][0] <= step) low = middle + 1; else high = middle;
  }
  return list[low - 1];
};
const make = (tag, text, name) => {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (name) node.className = name;
  return node;
};
const SVG = 'http://www.w3.org/2000/svg';
const draw = (tag, attributes) => {
  const node = document.createElementNS(SVG, tag);
  for (const name in attributes) node.setAttribute(name, attributes[name]);
  return node;
};
const look = () => {
  const box = draw('svg', {class: 'look', 'aria-hidden': 'true'});
  box.append(draw('use', {}));
  return box;
};
const setLook = (box, number) => {
  box.style.visibility = number < 0 ? 'hidden' : '';
  if (number >= 0) box.firstChild.setAttribute('href', '#look-' + number);
};
const part = step => last ? step / last : 0;
const percent = value => `${value}%`;
// thousands stand apart as on the map
const area = value => whole.format(value).replace(/[^\p{Nd}]/gu, '\u202f');
const range = ([low, high], format, dash = '–') => {
  const ends = [format(low), format(high)];
  const text = ends[0] === ends[1] || ends[1].startsWith('<') ? ends[1] : ends.join(dash);
  return '\u2066' + text + '\u2069';
};
const share = hundred => {
  if (hundred > 0 && hundred < .05) return '<' + tenths.format(.1);
  return hundred > 0 && hundred < 1 || hundred > 99 && hundred < 100 ? tenths.format(hundred) : whole.format(hundred);
};

// The drawing: what changes has a number, and shows in some steps.
const moving = data.spans.map(() => []);
document.querySelectorAll('#drawing [data-t]').forEach(node => moving[node.dataset.t].push(node));
const shown = moving.map(() => undefined);
const showDrawing = step => data.spans.forEach((spans, i) => {
  const shows = spans.some(([from, until]) => from <= step && step < until);
  if (shown[i] === shows) return;
  shown[i] = shows;
  moving[i].forEach(node => node.setAttribute('visibility', shows ? 'inherit' : 'hidden'));
});
const spots = new Map();
document.querySelectorAll('#spots .spot').forEach(node => spots.set(+node.dataset.row, node));
