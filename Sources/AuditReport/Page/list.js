// The list of records, a page at a time, and the details of each.

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
    if (effect.forced) item.append(make('span', { className: 'soft', textContent: ' by ' }), make('code', { textContent: visible(effect.forced) }));
    if (effect.lease) item.append(make('span', { className: 'soft', textContent: ' with a lease' }));
    if (effect.url) item.append(make('code', { className: 'line', textContent: visible(effect.url) }));
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
  add('Reason', value(row, 'stopped') && visible(value(row, 'stopped')));
  const policy = value(row, 'policy');
  if (policy) add('Policy', visible([policy.name, policy.layer && `(${policy.layer} layer)`].filter(Boolean).join(' ')), policy.file && make('code', { textContent: visible(policy.file) + (policy.line ? ':' + policy.line : '') }));
  add('Run', outcome(row));
  add('Took', row[at.ms] >= 0 ? number(row[at.ms]) + ' ms' : null);
  const head = value(row, 'head');
  if (head && head.before !== head.after) add('HEAD', make('code', { textContent: visible(`${head.before ?? 'none'} → ${head.after ?? 'none'}`) }));
  add('Refs moved', ...(value(row, 'refs') ?? []).map((ref) => make('code', { textContent: visible(`${ref.ref} ${(ref.old ?? 'none').slice(0, 10)} → ${(ref.new ?? 'none').slice(0, 10)}`) })));
  const snapshot = value(row, 'snapshot');
  if (snapshot !== null) add('Recovery point', make('code', { textContent: 'pawl undo ' + visible(snapshot) }));
  const undo = value(row, 'undo');
  if (undo) {
    const code = (content) => make('code', { textContent: visible(content) });
    const files = (found) => found ? [...(found.paths ?? []).map(code), found.count > (found.paths ?? []).length ? `and ${number(found.count - (found.paths ?? []).length)} more` : ''] : [];
    add('Undone', undo.snapshot && code(undo.snapshot), undo.partial ? 'single files of it' : '');
    add('Set back on the remote', ...(undo.remoteRefs ?? []).map((ref) => code(`${ref.ref} ${(ref.old ?? 'none').slice(0, 10)} → ${(ref.new ?? 'none').slice(0, 10)}`)));
    add('Restored', undo.head ? 'HEAD' : '', undo.index ? 'the index' : '', ...files(undo.files));
    add('Left alone', ...files(undo.left));
  }
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
  choose();
  if (!keepPage) page = 0;
  showForm();
  showNumbers();
  showList();
  if (address) writeAddress();
};
