// Dates.
const slider = ui('slider');
let step = -1, timer = 0;
const show = (wanted, quiet) => {
  const next = Math.max(0, Math.min(last, wanted));
  if (next === step) return;
  step = next;
  const [id, label, changes] = steps[step];
  showDrawing(step);
  showTable(step);
  showGround(step);
  slider.value = step;
  slider.setAttribute('aria-valuetext', label);
  ui('date').textContent = ui('now').textContent = label;
  ui('kind').textContent = id.includes('T') ? words.moment : words.situation;
  const quietly = make('li', step ? words.unchanged : words.first, 'quiet');
  // two places may have one name, so towns stand apart from regions
  const mixed = changes.some(([group]) => group !== changes[0][0]);
  const items = changes.flatMap(([group, text], i) => {
    const isFirst = mixed && (!i || changes[i - 1][0] !== group);
    return [...isFirst ? [make('li', data.groups[group], 'head')] : [], make('li', text)];
  });
  ui('changes').replaceChildren(...items.length ? items : [quietly]);
  ui('changes').scrollTop = 0;
  if (opened) fill(opened);
  if (opened && opened.now[1] < 0 && opened.spot) close();
  if (!quiet) history.replaceState(null, '', '#' + id);
  if (!timer) tell();
};
const tell = () => ui('live').textContent = [steps[step][1], ...steps[step][2].map(change => change[1])].join('. ');
const setPlay = () => {
  document.body.classList.toggle('playing', timer > 0);
  ui('play').setAttribute('aria-label', timer ? words.pause : words.play);
  ui('play').title = timer ? words.pause : words.play;
};
const pause = () => {
  if (!timer) return;
  clearInterval(timer);
  timer = 0;
  setPlay();
  tell();
};
const play = () => {
  if (timer || !last) return;
  if (step === last) show(0);
  timer = setInterval(() => {
    show(step + 1);
    if (step === last) pause();
  }, data.delay);
  setPlay();
};
const toggle = () => timer ? pause() : play();
const go = wanted => {
  pause();
  show(wanted);
};
ui('play').addEventListener('click', toggle);
ui('back').addEventListener('click', () => go(step - 1));
ui('on').addEventListener('click', () => go(step + 1));
slider.addEventListener('input', () => go(+slider.value));
chart.addEventListener('pointerdown', event => {
  const box = chart.getBoundingClientRect();
  const along = (event.clientX - box.left) / box.width;
  go(Math.round((rtl ? 1 - along : along) * last));
});
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const target = event.target, key = event.key;
  const row = rows.find(row => row.spot && row.spot === target);
  const arrows = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};
  const onward = rtl ? 'ArrowLeft' : 'ArrowRight', back = rtl ? 'ArrowRight' : 'ArrowLeft';
  if (key === 'Escape' && opened) close();
  else if (row && arrows[key] && !event.shiftKey) {
    const next = neighbour(row, arrows[key]);
    if (next) next.spot.focus();
  } else if (row && (key === 'Enter' || key === ' ')) {
    pin(row);
    (card.querySelector('a') || card.querySelector('button')).focus();
  } else if (key === ' ' && !target.closest('button, a')) toggle();
  else if (target === slider && key !== ' ') return;
  else if (key === onward) go(step + 1);
  else if (key === back) go(step - 1);
  else if (key === 'Home') go(0);
  else if (key === 'End') go(last);
  else return;
  event.preventDefault();
});
const found = () => {
  let id = location.hash.slice(1);
  try { id = decodeURIComponent(id); } catch { /* it stays as it is */ }
  const exact = steps.findIndex(entry => entry[0] === id);
  if (exact >= 0 || !/^-?\d{4}/.test(id)) return exact;
  // a day between frames shows the one before it
  return Math.max(0, steps.findLastIndex(entry => entry[0] <= id));
};
addEventListener('hashchange', () => {
  const wanted = found();
  if (wanted >= 0) go(wanted);
});
still.addEventListener('change', () => still.matches && pause());

// Light and dark.
const root = document.documentElement;
const system = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => (root.dataset.theme || (system.matches ? 'dark' : 'light')) === 'dark';
const setTheme = () => {
  const other = isDark() ? words.light : words.dark;
  ui('theme').lastChild.textContent = other;
  ui('theme').setAttribute('aria-label', `${words.theme}: ${other}`);
};
ui('theme').addEventListener('click', () => {
  root.dataset.theme = isDark() ? 'light' : 'dark';
  setTheme();
});
system.addEventListener('change', setTheme);

steps.forEach(([, , changes], i) => {
  if (!changes.length) return;
  ui('ticks').appendChild(make('i')).style.insetInlineStart = percent(part(i) * 100);
});
ui('first').textContent = steps[0][1];
ui('last').textContent = last ? steps[last][1] : '';
// On a small map names are larger: none leaves the map, and what stands below a name goes.
const fitNames = () => document.querySelectorAll('#region-names text').forEach(text => {
  text.removeAttribute('transform');
  text.classList.toggle('more', getComputedStyle(text).fontWeight < 600);
  if (!small.matches || text.classList.contains('more')) return;
  const {x, width} = text.getBBox(), room = text.ownerSVGElement.viewBox.baseVal.width;
  const by = Math.max(0, 6 - x) - Math.max(0, x + width + 6 - room);
  if (by) text.setAttribute('transform', `translate(${by.toFixed(1)})`);
});
fitNames();
small.addEventListener('change', fitNames);
drawChart();
addEventListener('resize', () => {
  chart.replaceChildren();
  drawChart();
});
setTheme();
setPlay();
const wanted = found();
show(wanted >= 0 ? wanted : last, true);
sort();
