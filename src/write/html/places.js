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
