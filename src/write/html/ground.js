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
    layer.area.textContent = range([now[3], now[4]], area, ' – ');
    layer.line.classList.toggle('none', now[2] === 0);
  });
  const left = Math.max(0, Math.round((1 - sum) * 1e6) / 1e4);
  restShare.textContent = range([left, left], share);
  cursor.style.insetInlineStart = percent(part(step) * 100);
};
