'use strict';
// Filters and lists the records that stand as JSON in this file. Every value reaches the page as text (textContent,
// setAttribute on names that are written here), never as markup.
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const { values, rows, effects: kinds } = data;
  const at = Object.fromEntries(data.columns.map((name, index) => [name, index]));
  const pageSize = 50, printSize = 1000;
  const decisions = ['', 'allow', 'snapshot', 'deny'];
  const words = { allow: ['Allowed', 'allowed'], snapshot: ['Kept first', 'kept'], deny: ['Blocked', 'blocked'] };

  // Text as people can read it: bytes that are no text, control characters and those that turn text around show.
  const visible = (text) => String(text).replace(/[\p{Cc}\p{Cs}\u2028\u2029]|(?![\u200c\u200d])\p{Cf}/gu, (character) => {
    const code = character.codePointAt(0);
    if (code >= 0xdc80 && code <= 0xdcff) return '\\x' + (code - 0xdc00).toString(16);
    return /\p{Cc}/u.test(character) ? '\\x' + code.toString(16).padStart(2, '0') : '\\u{' + code.toString(16) + '}';
  });
  const value = (row, column) => values[row[at[column]]] ?? null;
  const number = (count) => count.toLocaleString('en');
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (name, properties = {}, ...children) => {
    const { role, ...rest } = properties;
    const element = Object.assign(document.createElement(name), rest);
    if (role) element.setAttribute('role', role);
    element.append(...children);
    return element;
  };

  // Times are those of the machine that wrote the report: `offset` minutes were added to UTC there.
  const wall = (row) => row[at.time] + row[at.offset] * 60000;
  const stamp = (milliseconds) => new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');

  // --- the filters ---------------------------------------------------------------------------------------------

  const fields = ['decision', 'who', 'session', 'repository', 'effect', 'rule', 'command', 'group'];
  const form = byId('filters');
  const empty = () => ({ q: '', from: '', to: '', failed: false, ...Object.fromEntries(fields.map((f) => [f, ''])) });
  let filter = empty(), found = [], page = 0, opened = new Set();

  const searchable = new Map();
  const searchText = (row) => {
    let text = searchable.get(row);
    if (text === undefined) {
      const parts = ['line', 'who', 'session', 'repository', 'directory', 'rule', 'remote', 'snapshot'].map((c) => value(row, c));
      for (const column of ['effects', 'refs']) parts.push(JSON.stringify(value(row, column) ?? ''));
      searchable.set(row, text = visible(parts.filter(Boolean).join('\n')).toLowerCase());
    }
    return text;
  };
  const has = (row, field, wanted) => {
    switch (field) {
      case 'decision': return decisions[row[at.decision]] === wanted;
      case 'effect': return (row[at.effectSet] & (1 << Number(wanted))) !== 0;
      default: return row[at[field]] === Number(wanted);
    }
  };
  const moment = (text) => { const time = Date.parse(text + 'Z'); return Number.isNaN(time) ? null : time; };
  const accepts = (skipTime) => {
    const tests = fields.filter((field) => filter[field] !== '').map((field) => (row) => has(row, field, filter[field]));
    if (filter.failed) tests.push((row) => row[at.failed] === 1);
    const from = moment(filter.from), to = moment(filter.to);
    if (!skipTime && from !== null) tests.push((row) => wall(row) >= from);
    if (!skipTime && to !== null) tests.push((row) => wall(row) < to);
    const needles = filter.q.toLowerCase().split(/\s+/).filter(Boolean);
    if (needles.length) tests.push((row) => { const text = searchText(row); return needles.every((n) => text.includes(n)); });
    return (row) => tests.every((test) => test(row));
  };
  const isFiltered = () => Object.values(filter).some(Boolean);

  // --- the address: #decision=deny&q=push can be kept and sent ---------------------------------------------------

  const nameOf = (field, key) =>
    field === 'decision' || field === 'group' ? key : field === 'effect' ? kinds[key] : visible(values[key]) || '(empty)';
  const known = {};
  for (const field of fields) {
    const keys = field === 'decision' ? decisions.slice(1)
      : field === 'effect' ? kinds.map((_, index) => index)
        : [...new Set(rows.map((row) => row[at[field]]))].filter((key) => key >= 0);
    known[field] = new Map(keys.map((key) => [nameOf(field, String(key)), String(key)]));
  }
  const readAddress = () => {
    let parameters;
    try { parameters = new URLSearchParams(location.hash.slice(1)); } catch { parameters = new URLSearchParams(); }
    filter = empty();
    for (const field of fields) filter[field] = known[field].get(parameters.get(field)) ?? '';
    filter.q = parameters.get('q') ?? '';
    filter.from = moment(parameters.get('from')) === null ? '' : parameters.get('from');
    filter.to = moment(parameters.get('to')) === null ? '' : parameters.get('to');
    filter.failed = parameters.has('failed');
    page = Math.max(0, (Number.parseInt(parameters.get('page') ?? '1', 10) || 1) - 1);
    const record = parameters.get('record');
    opened = new Set(record ? [Number(record)] : []);
    return record === null ? null : Number(record);
  };
  const writeAddress = () => {
    const parameters = new URLSearchParams();
    for (const field of fields) if (filter[field] !== '') parameters.set(field, nameOf(field, filter[field]));
    for (const name of ['q', 'from', 'to']) if (filter[name]) parameters.set(name, filter[name]);
    if (filter.failed) parameters.set('failed', '1');
    if (page > 0) parameters.set('page', String(page + 1));
    const hash = parameters.toString();
    try { history.replaceState(null, '', hash ? '#' + hash : location.pathname + location.search); } catch { /* not everywhere allowed for files */ }
  };

  // --- numbers ---------------------------------------------------------------------------------------------------

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

  // --- the list --------------------------------------------------------------------------------------------------

  const badge = (row) => {
    const word = words[decisions[row[at.decision]]];
    return word ? make('span', { className: 'badge ' + word[1], textContent: word[0] }) : make('span', { textContent: row[at.notice] ? 'Notice' : '–' });
  };
  const outcome = (row) => {
    const ran = { native: 'by pawl itself', exec: 'handed over to the real git; its end was not waited for', spawn: 'by the real git', no: 'not run' }[value(row, 'ran')];
    if (!ran) return null;
    if (row[at.signal] !== -1) return `${ran}, ended by signal ${row[at.signal]}`;
    return row[at.exit] !== -1 ? `${ran}, exit status ${row[at.exit]}` : ran;
  };
  const shortPath = (path) => path === null ? '–' : visible(path.replace(/\/\.git\/?$/, '').split('/').filter(Boolean).slice(-2).join('/') || path);
  const cell = (row, ...children) => { const td = make('td', { role: 'cell' }, ...children); row.append(td); return td; };

  const rowOf = (row) => {
    const seq = row[at.seq], open = opened.has(seq);
    const tr = make('tr', { className: 'record' + (open ? ' open' : ''), role: 'row' });
    const toggle = make('button', { type: 'button', className: 'toggle', textContent: number(seq) });
    toggle.dataset.seq = seq;
    toggle.setAttribute('aria-expanded', String(open));
    toggle.setAttribute('aria-label', `Record ${seq}, details`);
    cell(tr, toggle);
    cell(tr, stamp(wall(row))).className = 'when';
    const who = cell(tr, value(row, 'who') === null ? '–' : visible(value(row, 'who')));
    who.className = 'ellipsis';
    const repository = value(row, 'repository');
    const place = cell(tr, shortPath(repository));
    place.className = 'ellipsis';
    if (repository !== null) place.title = visible(repository);
    const decision = cell(tr, badge(row));
    if (value(row, 'rule') !== null) decision.append(make('span', { className: 'rule', textContent: visible(value(row, 'rule')) }));
    const command = cell(tr, make('code', { textContent: visible(value(row, 'line') ?? '') }));
    if (row[at.failed]) command.append(make('span', { className: 'ended', textContent: row[at.signal] !== -1 ? `signal ${row[at.signal]}` : `exit ${row[at.exit]}` }));
    return tr;
  };

  const lines = (parent, items, render) => { for (const item of items ?? []) parent.append(render(item)); };
  const detailsOf = (row) => {
    const list = make('dl');
    const add = (name, ...contents) => {
      const present = contents.filter((content) => content !== null && content !== undefined && content !== '');
      if (!present.length) return;
      list.append(make('dt', { textContent: name }), ...present.map((content) => make('dd', {}, content)));
    };
    const text = (column) => { const found = value(row, column); return found === null ? null : make('code', { textContent: visible(found) }); };
    add(row[at.notice] ? 'Notice' : 'Command', text('line'));
    add('Alias of', text('expansion'));
    for (const effect of value(row, 'effects') ?? []) {
      const item = make('div', {}, visible(effect.text));
      if (effect.certainty === 'possible') item.append(make('span', { className: 'soft', textContent: ' (possible)' }));
      if (effect.published === true) item.append(make('span', { className: 'soft', textContent: ' (published)' }));
      if (effect.lost) {
        item.append(make('span', { className: 'lost', textContent: effect.lost.words }));
        const commits = make('ul');
        lines(commits, effect.lost.first, (commit) => make('li', {}, make('code', { textContent: visible(commit.id).slice(0, 10) }), ' ' + visible(commit.subject), make('span', { className: 'soft', textContent: ' ' + visible(commit.author) })));
        item.append(commits);
      }
      if (effect.paths) {
        const paths = make('ul');
        lines(paths, effect.paths, (path) => make('li', {}, make('code', { textContent: visible(path) })));
        item.append(paths);
      }
      add(visible(effect.kind), item);
    }
    const decision = decisions[row[at.decision]];
    if (decision) add('Decision', words[decision][0] + (value(row, 'rule') === null ? '' : ' by rule ' + visible(value(row, 'rule'))));
    const policy = value(row, 'policy');
    if (policy) add('Policy', visible([policy.name, policy.layer && `(${policy.layer} layer)`].filter(Boolean).join(' ')), policy.file && make('code', { textContent: visible(policy.file) + (policy.line ? ':' + policy.line : '') }));
    add('Run', outcome(row));
    add('Took', row[at.ms] >= 0 ? number(row[at.ms]) + ' ms' : null);
    const head = value(row, 'head');
    if (head && head.before !== head.after) add('HEAD', make('code', { textContent: visible(`${head.before ?? 'none'} → ${head.after ?? 'none'}`) }));
    add('Refs moved', ...(value(row, 'refs') ?? []).map((ref) => make('code', { textContent: visible(`${ref.ref} ${(ref.old ?? 'none').slice(0, 10)} → ${(ref.new ?? 'none').slice(0, 10)}`) })));
    const snapshot = value(row, 'snapshot');
    if (snapshot !== null) add('Recovery point', make('code', { textContent: 'pawl undo ' + visible(snapshot) }));
    add('Folder', text('directory'));
    add('Repository', text('repository'));
    add('Remote', text('remote'));
    add('Agent', value(row, 'agent') && visible(value(row, 'agent')));
    add('Session', text('session'));
    add('Called by', ...(value(row, 'parents') ?? []).map((parent) => make('code', { textContent: visible(`${parent.executable ?? '?'} (${parent.pid})`) })));
    add('Left out', (() => { const omitted = value(row, 'omitted'); return omitted && Object.entries(omitted).map(([name, count]) => `${name}: ${number(count)}`).join(', '); })());
    add('Time', new Date(row[at.time]).toISOString());
    return make('tr', { className: 'details', role: 'row' }, Object.assign(make('td', { role: 'cell' }, list), { colSpan: 6 }));
  };

  const showList = (size = pageSize) => {
    const pages = Math.max(1, Math.ceil(found.length / size));
    page = Math.min(page, pages - 1);
    const body = byId('rows');
    body.replaceChildren();
    const first = page * size, shown = found.slice(first, first + size);
    for (const row of shown) {
      body.append(rowOf(row));
      if (opened.has(row[at.seq])) body.append(detailsOf(row));
    }
    byId('nothing').hidden = found.length > 0;
    document.querySelector('table.records').hidden = found.length === 0;
    const range = found.length ? `${number(first + 1)}–${number(first + shown.length)} of ${number(found.length)}, the newest first` : '';
    for (const nav of all('[data-pager]')) {
      const button = (label, target, usable) => { const b = make('button', { type: 'button', textContent: label, disabled: !usable }); b.dataset.page = target; return b; };
      nav.replaceChildren(make('span', { textContent: range }));
      if (pages > 1) nav.append(button('First', 0, page > 0), button('Newer', page - 1, page > 0), button('Older', page + 1, page < pages - 1), button('Last', pages - 1, page < pages - 1), make('span', { className: 'soft', textContent: `page ${number(page + 1)} of ${number(pages)}` }));
      nav.hidden = found.length === 0;
    }
  };

  const showForm = () => {
    for (const element of form.elements) {
      if (!(element.name in filter)) continue;
      if (element.type === 'checkbox') element.checked = filter[element.name];
      else if (element.value !== filter[element.name]) element.value = filter[element.name];
      element.classList.toggle('active', Boolean(filter[element.name]));
    }
    for (const button of all('[aria-pressed]')) {
      const { field, value: wanted } = button.dataset;
      const on = field === 'failed' ? filter.failed : field === 'all' ? !isFiltered() : filter[field] === wanted;
      button.setAttribute('aria-pressed', String(on));
    }
    byId('matches').textContent = isFiltered()
      ? `${number(found.length)} of ${number(rows.length)} records fit` : `${number(rows.length)} records`;
  };

  const refresh = ({ keepPage = false, address = true } = {}) => {
    found = rows.filter(accepts(false));
    if (!keepPage) page = 0;
    showForm();
    showNumbers();
    showList();
    if (address) writeAddress();
  };

  // --- what people do --------------------------------------------------------------------------------------------

  const setField = (field, wanted) => {
    if (field === 'all') filter = empty();
    else if (field === 'failed') filter.failed = !filter.failed;
    else filter[field] = filter[field] === wanted ? '' : wanted;
    refresh();
  };
  const setBucket = (bucket) => {
    const from = bucketStart(bucket), to = bucketStart(bucket + 1);
    const same = filter.from === from && filter.to === to;
    filter.from = same ? '' : from;
    filter.to = same ? '' : to;
    refresh();
  };
  const toggleRecord = (button) => {
    const seq = Number(button.dataset.seq), tr = button.closest('tr');
    const open = !opened.has(seq);
    button.setAttribute('aria-expanded', String(open));
    tr.classList.toggle('open', open);
    if (open) {
      opened.add(seq);
      tr.after(detailsOf(found.find((row) => row[at.seq] === seq)));
    } else {
      opened.delete(seq);
      tr.nextElementSibling.remove();
    }
  };

  document.addEventListener('click', (event) => {
    const pageButton = event.target.closest('[data-page]');
    if (pageButton) {
      page = Number(pageButton.dataset.page);
      showList();
      writeAddress();
      byId('records').scrollIntoView({ block: 'start' });
      byId('records').focus({ preventScroll: true });
      return;
    }
    const chosen = event.target.closest('[data-field]');
    if (chosen) return setField(chosen.dataset.field, chosen.dataset.value);
    const toggle = event.target.closest('.toggle');
    if (toggle) return toggleRecord(toggle);
    const bucket = event.target.closest('g[data-bucket], [data-from]');
    if (bucket) setBucket(Number(bucket.dataset.bucket ?? bucket.dataset.from));
  });

  // In the list, the arrow keys go from record to record.
  byId('rows').addEventListener('keydown', (event) => {
    const current = event.target.closest('.toggle');
    if (!current || event.altKey || event.ctrlKey || event.metaKey) return;
    const toggles = all('.toggle', byId('rows')), index = toggles.indexOf(current);
    const target = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: toggles.length - 1 }[event.key];
    if (toggles[target]) { toggles[target].focus(); event.preventDefault(); }
    const expanded = current.getAttribute('aria-expanded') === 'true';
    if ((event.key === 'ArrowRight' && !expanded) || (event.key === 'ArrowLeft' && expanded)) { toggleRecord(current); event.preventDefault(); }
  });

  let waiting;
  form.addEventListener('input', (event) => {
    const { name, type, checked, value: entered } = event.target;
    if (!(name in filter)) return;
    filter[name] = type === 'checkbox' ? checked : entered;
    clearTimeout(waiting);
    waiting = setTimeout(refresh, name === 'q' ? 150 : 0);
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', (event) => { event.preventDefault(); filter = empty(); refresh(); byId('q').focus(); });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && isFiltered()) { filter = empty(); refresh(); }
  });

  // Paper gets what the filters leave, as far as anybody would print it.
  let pageBefore = 0;
  addEventListener('beforeprint', () => { pageBefore = page; page = 0; showList(printSize); });
  addEventListener('afterprint', () => { page = pageBefore; showList(); });

  const begin = () => {
    const record = readAddress();
    if (record !== null) {
      found = rows.filter(accepts(false));
      page = Math.max(0, Math.floor(found.findIndex((row) => row[at.seq] === record) / pageSize));
    }
    refresh({ keepPage: true, address: false });
    if (record !== null) document.querySelector(`.toggle[data-seq="${Number(record)}"]`)?.focus();
  };
  addEventListener('hashchange', () => { if (!byId(location.hash.slice(1))) begin(); });
  form.hidden = false;
  byId('list').hidden = false;
  begin();
})();
