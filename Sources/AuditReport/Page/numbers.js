// The figures, bars and tables above the list, for the records that fit.

const timeline = byId('timeline');
const unit = Number(timeline.dataset.unit), start = Number(timeline.dataset.start);
const bucketOf = (row) => Math.floor((wall(row) - start) / unit);
const bucketStart = (bucket) => new Date(start + bucket * unit).toISOString().slice(0, 16);

const showNumbers = () => {
  const counts = new Map();
  const add = (key, by = 1) => counts.set(key, (counts.get(key) ?? 0) + by);
  const sessions = new Map();
  for (const row of found) {
    const decision = decisions[row[at.decision]];
    if (decision) add('decision:' + decision);
    if (row[at.failed]) add('failed:1');
    if (row[at.command] >= 0) add('command:');
    for (let index = 0; index < kinds.length; index++) if (row[at.effectSet] & (1 << index)) add('effect:' + index);
    for (const field of ['who', 'repository', 'rule', 'command', 'group', 'session'])
      if (row[at[field]] >= 0) add(field + ':' + row[at[field]]);
    if (row[at.session] >= 0) {
      const tally = sessions.get(row[at.session]) ?? { deny: 0, snapshot: 0, failed: 0 };
      if (decision in tally) tally[decision]++;
      tally.failed += row[at.failed];
      sessions.set(row[at.session], tally);
    }
  }
  for (const element of all('[data-count]')) {
    const count = counts.get(element.dataset.count) ?? 0;
    element.textContent = number(count);
    element.closest('tr, li')?.classList.toggle('dim', count === 0);
  }
  for (const list of all('.facet ul')) {
    const shares = all('[data-share]', list);
    const most = Math.max(1, ...shares.map((rect) => counts.get(rect.dataset.share) ?? 0));
    for (const rect of shares) rect.setAttribute('width', String(100 * (counts.get(rect.dataset.share) ?? 0) / most));
  }
  for (const row of all('#sessions tr')) {
    const tally = sessions.get(Number(row.dataset.session)) ?? { deny: 0, snapshot: 0, failed: 0 };
    const cells = row.cells;
    [tally.deny, tally.snapshot, tally.failed].forEach((count, index) => { cells[cells.length - 3 + index].textContent = number(count); });
  }
  showTimeline();
};

// The bars keep showing the time around what is chosen, fainter.
const showTimeline = () => {
  const test = accepts(true);
  const counts = { allow: new Map(), snapshot: new Map(), deny: new Map() };
  for (const row of rows) {
    const lane = counts[decisions[row[at.decision]]];
    if (lane && test(row)) { const bucket = bucketOf(row); lane.set(bucket, (lane.get(bucket) ?? 0) + 1); }
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
