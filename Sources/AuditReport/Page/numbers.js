// The figures, bars and tables above the list, for the records that fit.

const timeline = byId('timeline');
const unit = Number(timeline.dataset.unit), start = Number(timeline.dataset.start);
const bucketOf = (row) => Math.floor((wall(row) - start) / unit);
const bucketStart = (bucket) => new Date(start + bucket * unit).toISOString().slice(0, 16);

// How often each value of each field occurs, under the key that the page's elements name: `who:45`.
const countFound = () => {
  const places = ['who', 'repository', 'rule', 'command', 'group', 'session'];
  const counts = Object.fromEntries(places.map((field) => [field, new Uint32Array(Math.max(values.length, rows.length))]));
  const byDecision = [0, 0, 0, 0], byEffect = kinds.map(() => 0), sessions = new Map();
  let failed = 0;
  for (const row of found) {
    const decision = row[at.decision], session = row[at.session];
    byDecision[decision]++;
    failed += row[at.failed];
    for (let set = row[at.effectSet]; set; set &= set - 1) byEffect[31 - Math.clz32(set & -set)]++;
    for (const field of places) if (row[at[field]] >= 0) counts[field][row[at[field]]]++;
    if (session >= 0 && (decision > 1 || row[at.failed])) {
      const tally = sessions.get(session) ?? [0, 0, 0];
      if (decision > 1) tally[3 - decision]++;
      tally[2] += row[at.failed];
      sessions.set(session, tally);
    }
  }
  const of = (key) => {
    const [field, name] = key.split(':');
    return field === 'decision' ? byDecision[decisions.indexOf(name)] : field === 'failed' ? failed
      : field === 'effect' ? byEffect[name] : counts[field][name];
  };
  return { of, sessions };
};

const showNumbers = () => {
  const counts = countFound();
  for (const element of all('[data-count]')) {
    const count = counts.of(element.dataset.count);
    element.textContent = number(count);
    element.closest('tr, li')?.classList.toggle('dim', count === 0);
  }
  for (const list of all('.facet ul')) {
    const shares = all('[data-share]', list);
    const most = Math.max(1, ...shares.map((rect) => counts.of(rect.dataset.share)));
    for (const rect of shares) rect.setAttribute('width', String(100 * counts.of(rect.dataset.share) / most));
  }
  for (const row of all('#sessions tr')) {
    const tally = counts.sessions.get(Number(row.dataset.session)) ?? [0, 0, 0];
    const cells = row.cells;
    tally.forEach((count, index) => { cells[cells.length - 3 + index].textContent = number(count); });
  }
  showTimeline();
};

// The bars keep showing the time around what is chosen, fainter.
const showTimeline = () => {
  const counts = { allow: new Map(), snapshot: new Map(), deny: new Map() };
  for (const row of around) {
    const lane = counts[decisions[row[at.decision]]];
    if (lane) { const bucket = bucketOf(row); lane.set(bucket, (lane.get(bucket) ?? 0) + 1); }
  }
  const from = moment(filter.from) ?? -Infinity, to = moment(filter.to) ?? Infinity;
  for (const svg of all('[data-lane]')) {
    const lane = counts[svg.dataset.lane];
    const most = Math.max(0, ...lane.values());
    document.querySelector(`[data-most="${svg.dataset.lane}"]`).textContent = number(most);
    let sum = 0;
    for (const group of svg.children) {
      const bucket = Number(group.dataset.bucket), count = lane.get(bucket) ?? 0;
      const height = count === 0 ? 0 : Math.max(4, 96 * count / most);
      const bar = group.querySelector('.bar');
      bar.setAttribute('y', String(100 - height));
      bar.setAttribute('height', String(height));
      const title = group.querySelector('title');
      title.textContent = `${title.textContent.split(': ')[0]}: ${number(count)} ${words[svg.dataset.lane][0].toLowerCase()}`;
      group.classList.toggle('outside', start + bucket * unit + unit <= from || start + bucket * unit >= to);
      sum += count;
    }
    svg.setAttribute('aria-label', `${words[svg.dataset.lane][0]}: ${number(sum)} in all, at most ${number(most)} in one bar`);
  }
  for (const row of all('.as-table tbody tr')) {
    const bucket = Number(row.dataset.bucket);
    ['deny', 'snapshot', 'allow'].forEach((decision, index) => { row.cells[index + 1].textContent = number(counts[decision].get(bucket) ?? 0); });
  }
};
