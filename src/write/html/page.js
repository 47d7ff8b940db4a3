'use strict';
(() => {
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
  const range = ([low, high], format) => {
    const ends = [format(low), format(high)];
    const text = ends[0] === ends[1] || ends[1].startsWith('<') ? ends[1] : ends.join('–');
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

  // The table of places.
  const table = ui('table');
  const bodies = data.groups.map((name, group) => {
    const body = table.appendChild(make('tbody'));
    const members = rows.filter(row => row.group === group);
    if (!members.length) return body.remove(), null;
    const head = body.insertRow();
    const title = head.appendChild(make('th'));
    title.scope = 'rowgroup';
    title.colSpan = 3;
    const fold = title.appendChild(make('button', name));
    fold.type = 'button';
    fold.append(make('span', ` ${whole.format(members.length)}`));
    const setFold = isOpen => {
      fold.setAttribute('aria-expanded', isOpen);
      body.classList.toggle('shut', !isOpen);
    };
    fold.addEventListener('click', () => setFold(body.classList.contains('shut')));
    // many places would hide on a small screen what comes after them
    setFold(!small.matches || group === 0);
    return {body, members};
  }).filter(Boolean);
  rows.forEach((row, i) => {
    row.index = i;
    row.line = make('tr');
    const name = row.line.appendChild(make('th'));
    name.scope = 'row';
    row.button = name.appendChild(make('button', row.name));
    row.button.type = 'button';
    const held = row.line.appendChild(make('td')).appendChild(make('div', undefined, 'held'));
    row.look = held.appendChild(look());
    row.text = held.appendChild(make('span'));
    row.since = row.line.appendChild(make('td'));
    row.spot = spots.get(i);
    row.line.addEventListener('pointerenter', () => mark(row));
    row.line.addEventListener('pointerleave', () => mark(pinned || focused()));
    row.button.addEventListener('focus', () => open(row));
    row.button.addEventListener('click', () => pin(row));
  });
  const sorting = {by: 'name', down: false};
  const sort = () => {
    const key = {name: row => row.name, text: row => row.now[2], since: row => row.now[4]}[sorting.by];
    const sign = sorting.down ? -1 : 1;
    const compare = (a, b) => sign * order.compare(key(a), key(b)) || order.compare(a.name, b.name);
    bodies.forEach(({body, members}) => {
      const wanted = [...members].sort(compare);
      if (wanted.some((row, i) => body.rows[i + 1] !== row.line)) wanted.forEach(row => body.append(row.line));
    });
    table.querySelectorAll('thead button').forEach(button => {
      const head = button.parentNode;
      if (button.dataset.sort === sorting.by) head.setAttribute('aria-sort', sorting.down ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    });
  };
  table.querySelectorAll('thead button').forEach(button => button.addEventListener('click', () => {
    const by = button.dataset.sort;
    sorting.down = by === sorting.by ? !sorting.down : by === 'since';
    sorting.by = by;
    sort();
  }));
  const showTable = step => {
    rows.forEach(row => {
      const now = at(row.told, step);
      row.line.classList.toggle('new', step > 0 && now[0] === step && now[2] !== at(row.told, step - 1)[2]);
      if (row.now === now) return;
      row.now = now;
      setLook(row.look, now[1]);
      row.text.textContent = now[2];
      row.since.textContent = now[3];
      if (row.spot) {
        row.spot.setAttribute('aria-label', `${row.name}: ${now[2]}${now[3] ? '. ' + since(now) : ''}`);
        row.spot.style.display = now[1] < 0 ? 'none' : '';
      }
    });
    if (sorting.by !== 'name') sort();
  };
  const since = now => words['since-day'].replace('{date}', () => now[3]);

  // The card of a place: pointed at, focused or pinned.
  const card = ui('card');
  let pinned = null, opened = null, leaving = 0;
  const focused = () => rows.find(row => row.button === document.activeElement || row.spot && row.spot === document.activeElement);
  const mark = row => rows.forEach(other => {
    const on = other === row || other === opened;
    other.line.classList.toggle('on', on);
    if (other.spot) other.spot.classList.toggle('on', on);
  });
  const link = number => {
    const [label, url, detail, note] = data.sources[number];
    const item = make('li');
    // the writer leaves out whatever is no web address
    if (url) {
      const anchor = item.appendChild(make('a', label));
      anchor.href = url;
      anchor.target = '_blank';
      anchor.rel = 'noopener noreferrer';
    } else item.append(label);
    item.append(make('span', detail, 'detail'));
    if (note) item.append(make('span', note, 'note'));
    return item;
  };
  const fill = row => {
    const title = make('h3', row.name), held = make('div', undefined, 'held'), list = make('ul');
    const box = held.appendChild(look());
    setLook(box, row.now[1]);
    held.append(make('span', row.now[2]));
    list.setAttribute('aria-label', words.sources);
    const said = row.now[5].map(link);
    list.append(...said.length ? said : [make('li', words['no-sources'])]);
    card.replaceChildren(title, held, ...row.now[3] ? [make('div', since(row.now), 'since')] : [], list);
    if (row === pinned) {
      const shut = card.appendChild(make('button', '×', 'shut'));
      shut.type = 'button';
      shut.setAttribute('aria-label', words.close);
      shut.addEventListener('click', close);
    }
    card.setAttribute('aria-label', row.name);
  };
  const place = (row, x, y) => {
    // a small screen has it at its foot
    if (small.matches) return card.removeAttribute('style');
    const frame = ui('map').getBoundingClientRect();
    if (x === undefined) {
      const box = (row.spot || ui('map')).getBoundingClientRect();
      [x, y] = [box.left + box.width / 2, box.top + box.height / 2 + Math.min(box.height / 2, 26)];
    }
    const room = frame.width - card.offsetWidth - 8, below = y - frame.top + 14;
    const left = Math.max(8, Math.min(room, x - frame.left - card.offsetWidth / 2));
    const fits = below + card.offsetHeight < frame.height - 8;
    const top = fits ? below : Math.max(8, y - frame.top - card.offsetHeight - 18);
    card.style.left = left + 'px';
    card.style.top = top + 'px';
  };
  const open = (row, x, y) => {
    clearTimeout(leaving);
    if (pinned && pinned !== row) pinned = null;
    opened = row;
    fill(row);
    card.hidden = false;
    place(row, x, y);
    mark(row);
  };
  const close = () => {
    const was = card.contains(document.activeElement) && opened;
    pinned = opened = null;
    card.hidden = true;
    mark(null);
    if (was) (was.spot || was.button).focus();
    if (was) { card.hidden = true; opened = null; mark(null); }
  };
  const pin = (row, x, y) => {
    pinned = row;
    open(row, x, y);
  };
  const leave = () => {
    clearTimeout(leaving);
    leaving = setTimeout(() => {
      if (!pinned && !focused() && !card.contains(document.activeElement)) close();
    }, 180);
  };
  card.addEventListener('pointerenter', () => clearTimeout(leaving));
  card.addEventListener('pointerleave', leave);
  card.addEventListener('focusout', leave);
  rows.filter(row => row.spot).forEach(row => {
    row.spot.addEventListener('pointerenter', event => {
      if (event.pointerType !== 'touch' && !pinned) open(row, event.clientX, event.clientY);
    });
    row.spot.addEventListener('pointerleave', leave);
    row.spot.addEventListener('click', event => pinned === row ? close() : pin(row, event.clientX, event.clientY));
    row.spot.addEventListener('focus', () => {
      enter(row);
      if (opened !== row) open(row);
    });
    row.spot.addEventListener('blur', leave);
    row.button.addEventListener('blur', leave);
  });
  // One stop of the tab key for the map; arrows go on from there.
  const enter = row => rows.forEach(other => other.spot && other.spot.setAttribute('tabindex', other === row ? 0 : -1));
  enter(rows.find(row => row.spot));
  ui('map').querySelector('#drawing').setAttribute('aria-label', words.map);
  const centre = row => {
    const box = row.spot.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
  };
  const neighbour = (row, [dx, dy]) => {
    const [x, y] = centre(row);
    let best = null, least = Infinity;
    rows.filter(other => other.spot && other !== row && other.spot.style.display !== 'none').forEach(other => {
      const [a, b] = centre(other);
      const along = (a - x) * dx + (b - y) * dy, across = Math.abs((a - x) * dy) + Math.abs((b - y) * dx);
      const cost = along + 2 * across;
      if (along > 1 && cost < least) [best, least] = [other, cost];
    });
    return best;
  };

  // The chart: what is certain, stacked; each step holds half-way to its neighbours.
  const chart = ui('chart');
  const cursor = make('i');
  const HEIGHT = 100;
  const drawChart = () => {
    const box = draw('svg', {viewBox: `0 0 1000 ${HEIGHT}`, preserveAspectRatio: 'none'});
    const cuts = [...new Set(layers.flatMap(layer => layer.at.map(entry => entry[0])))].sort((a, b) => a - b);
    const x = step => step <= 0 ? 0 : last ? Math.min(1000, (step - .5) / last * 1000) : 1000;
    const below = cuts.map(() => 0);
    const rest = draw('rect', {x: 0, y: 0, width: 1000, height: HEIGHT, class: 'rest'});
    box.append(rest);
    const labels = [];
    const label = (layer, from, below) => {
      // a name stands where its band is thickest for longest
      let best = 0, spot = null;
      cuts.forEach((step, i) => {
        const end = i + 1 < cuts.length ? x(cuts[i + 1]) : 1000;
        const thick = below[i] - from[i], wide = end - x(step);
        const room = Math.min(thick * 6, 1) * Math.min(wide, 300);
        if (thick >= .13 && room > best) [best, spot] = [room, [(x(step) + end) / 2, (below[i] + from[i]) / 2]];
      });
      if (spot) labels.push([layer, spot]);
    };
    layers.forEach(layer => {
      const from = [...below];
      cuts.forEach((step, i) => below[i] += at(layer.at, step)[1]);
      const run = (level, back) => {
        const points = cuts.flatMap((step, i) => {
          const y = HEIGHT * (1 - level[i]);
          return [[x(step), y], [i + 1 < cuts.length ? x(cuts[i + 1]) : 1000, y]];
        });
        return (back ? points.reverse() : points).map(([a, b]) => `${a.toFixed(1)} ${b.toFixed(2)}`).join('L');
      };
      box.append(draw('path', {d: `M${run(below)}L${run(from, true)}Z`, fill: layer.color}));
      box.append(draw('path', {d: `M${run(below)}`, class: 'edge'}));
      label(layer, from, below);
    });
    label({name: words.uncertain, ink: 'var(--muted)'}, below, cuts.map(() => 1));
    chart.append(box);
    labels.forEach(([layer, [x, y]]) => {
      const label = chart.appendChild(make('b', layer.name));
      label.style.color = layer.ink;
      label.style.top = percent(100 - y * 100);
      const half = label.offsetWidth / 2 / chart.clientWidth * 100 + 1;
      label.style.insetInlineStart = percent(Math.max(half, Math.min(100 - half, x / 10)));
    });
    chart.append(cursor);
  };
  const shares = ui('shares').tBodies[0];
  const head = (line, box, text) => {
    const name = line.appendChild(make('th'));
    name.scope = 'row';
    name.appendChild(make('div', undefined, 'held')).append(box, make('span', text));
  };
  layers.forEach(layer => {
    const line = layer.line = shares.insertRow();
    const box = look();
    setLook(box, layer.look);
    head(line, box, layer.name);
    layer.share = line.insertCell();
    layer.area = line.insertCell();
  });
  const rest = shares.insertRow();
  const grey = draw('svg', {class: 'look', viewBox: '0 0 34 20', 'aria-hidden': 'true'});
  grey.append(draw('rect', {x: 1, y: 1, width: 32, height: 18, style: 'fill:var(--rule)'}));
  head(rest, grey, words.uncertain);
  const restShare = rest.insertCell();
  rest.insertCell();
  const showGround = step => {
    let sum = 0;
    layers.forEach(layer => {
      const now = at(layer.at, step);
      sum += now[1];
      if (layer.now === now) return;
      layer.now = now;
      layer.share.textContent = range([now[1] * 100, now[2] * 100], share);
      layer.area.textContent = range([now[3], now[4]], value => whole.format(value));
      layer.line.classList.toggle('none', now[2] === 0);
    });
    const left = Math.max(0, Math.round((1 - sum) * 1e6) / 1e4);
    restShare.textContent = range([left, left], share);
    cursor.style.insetInlineStart = percent(part(step) * 100);
  };

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
})();
